import pytest
from hypothesis import given
from hypothesis import strategies as st

from brygga.core.richtext import from_plain, plain, shown, stored, written
from brygga.core.richtext.blocks import Block, Kind, Run, tidy
from brygga.core.richtext.markup import read_markup, write_markup
from brygga.core.richtext.written import read_written, write_written

TEXTS = st.text(alphabet="ab *_#->1.[]()\\\n\u00a0&<å", max_size=8)
RUNS = st.builds(
    Run,
    TEXTS,
    st.booleans(),
    st.booleans(),
    st.sampled_from(["", "https://example.org/x", "mailto:anna@example.org"]),
)
BLOCKS = st.lists(
    st.builds(Block, st.sampled_from(Kind), st.lists(RUNS, max_size=4).map(tuple)), max_size=4
)

TYPED = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"))


@given(BLOCKS)
def test_what_is_written_out_is_read_back_the_same_in_both_forms(blocks) -> None:
    tidied = tidy(blocks)
    assert tidy(tidied) == tidied
    markup = write_markup(tidied)
    assert tidy(read_markup(markup)) == tidied
    assert stored(markup) == markup
    assert tidy(read_written(write_written(tidied))) == tidied


@given(TYPED)
def test_any_text_is_stored_shown_and_told_plainly(text: str) -> None:
    kept = stored(text)
    assert stored(kept) == kept
    assert stored(written(kept)) == kept
    assert "<script" not in shown(text)
    plain(text)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (
            "Ett stycke.\n\nEtt till,\nmed ny rad.",
            "<p>Ett stycke.</p><p>Ett till,<br>med ny rad.</p>",
        ),
        ("# Rubrik\nText", "<h3>Rubrik</h3><p>Text</p>"),
        ("# A\n## B", "<h3>A</h3><h4>B</h4>"),
        (
            "- ett\n- två\n\n1. tre\n2. fyra",
            "<ul><li>ett</li><li>två</li></ul><ol><li>tre</li><li>fyra</li></ol>",
        ),
        ("> citat\n> mer", "<blockquote><p>citat<br>mer</p></blockquote>"),
        ("**fet** och *kursiv*", "<p><strong>fet</strong> och <em>kursiv</em></p>"),
        (
            "[Läs mer](https://example.org/a?b=1&c=2)",
            '<p><a href="https://example.org/a?b=1&amp;c=2">Läs mer</a></p>',
        ),
        ("5 * 3 * 2 är 30", "<p>5 * 3 * 2 är 30</p>"),
        ("se not*", "<p>se not*</p>"),
        ("<b>inte märkt</b>", "<p>&lt;b&gt;inte märkt&lt;/b&gt;</p>"),
        ("", ""),
    ],
)
def test_a_text_in_its_written_form_becomes_markup(sent: str, kept: str) -> None:
    assert stored(sent) == kept


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("<p onclick=alert(1)>Hej<script>alert(1)</script></p>", "<p>Hej</p>"),
        ("<p><img src=x onerror=alert(1)>Hej</p>", "<p>Hej</p>"),
        ('<p><a href="javascript:alert(1)">Hej</a></p>', "<p>Hej</p>"),
        ('<p><a href="JaVa\tScript:alert(1)">Hej</a></p>', "<p>Hej</p>"),
        ('<p><a href="data:text/html,x">Hej</a></p>', "<p>Hej</p>"),
        ('<p><a href="http://example.org">Hej</a></p>', "<p>Hej</p>"),
        ('<p><a href="//example.org">Hej</a></p>', "<p>Hej</p>"),
        ("<p><svg><style><img src=x onerror=alert(1)></style></svg>Hej</p>", "<p>Hej</p>"),
        ("<p><math><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=x&gt;'>", ""),
        ("<p><iframe srcdoc='<script>x</script>'></iframe>Hej</p>", "<p>Hej</p>"),
        ("<p style='position:fixed' class=x id=main>Hej</p>", "<p>Hej</p>"),
        ("<h1>A</h1><h5>B</h5>", "<h3>A</h3><h4>B</h4>"),
        ("<h4>Ingen rubrik före</h4>", "<h3>Ingen rubrik före</h3>"),
        ("<p></p><p>&nbsp;</p><p>Hej<br></p>", "<p>Hej</p>"),
        (
            "<ul><li><p>a</p></li><li>b<ul><li>c</li></ul></li></ul>",
            "<ul><li>a</li><li>b</li><li>c</li></ul>",
        ),
    ],
)
def test_markup_is_cleaned_to_the_allowed_tags(sent: str, kept: str) -> None:
    assert stored(sent) == kept


def test_a_link_is_shown_with_its_rel_and_nothing_else() -> None:
    kept = stored('<p><a href="https://example.org" target=_top onclick=x>Hej</a></p>')
    assert kept == '<p><a href="https://example.org">Hej</a></p>'
    assert 'rel="noopener noreferrer nofollow"' in shown(kept)


def test_headings_follow_the_level_of_what_they_stand_under() -> None:
    kept = stored("# A\n## B")
    assert shown(kept) == "<h3>A</h3><h4>B</h4>"
    assert shown(kept, 2) == "<h2>A</h2><h3>B</h3>"
    assert shown(kept, 6) == "<h6>A</h6><h6>B</h6>"


def test_a_text_from_before_it_could_be_rich_is_shown_as_its_paragraphs() -> None:
    old = "Första <i>stycket</i>.\nNy rad.\n\n* andra"
    assert shown(old) == "<p>Första &lt;i&gt;stycket&lt;/i&gt;.<br>Ny rad.</p><p>* andra</p>"
    assert plain(old) == "Första <i>stycket</i>.\nNy rad.\n\n* andra"
    assert from_plain(old) == shown(old)


def test_what_was_put_past_the_cleaning_is_cleaned_when_it_is_shown() -> None:
    assert shown("<p>Hej<script>alert(1)</script><img src=x onerror=alert(1)></p>") == "<p>Hej</p>"


def test_plain_text_has_the_words_only() -> None:
    kept = stored("# Rubrik\n**Fet** [länk](https://example.org)\n\n- a\n- b\n\n1. c\n2. d")
    assert plain(kept) == "Rubrik\n\nFet länk\n\n– a\n– b\n\n1. c\n2. d"
