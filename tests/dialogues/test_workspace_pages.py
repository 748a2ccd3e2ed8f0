"""The workspace as a process leader meets it: through its pages and forms."""

import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from brygga.accounts.enums import Role
from brygga.dialogues.enums import DialogueState, StepKind, TeamRole
from brygga.dialogues.models import Contribution, Dialogue, Insight, Mandate, Perspective
from brygga.dialogues.queries import get_current_step
from brygga.dialogues.queries.steps import steps_of
from tests.factories.accounts import (
    BodyFactory,
    MembershipFactory,
    RoleAssignmentFactory,
    person_with,
)
from tests.factories.dialogues import (
    ContributionFactory,
    InsightFactory,
    PerspectiveFactory,
    TeamMemberFactory,
    dialogue_in,
    team_member,
)

pytestmark = pytest.mark.django_db
TEN_MEGABYTES = 10_000_000


def sign_in(client, user):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def dialogue():
    """A dialogue in its second step whose mandate holds from today on."""
    dialogue = dialogue_in(StepKind.PERSPECTIVES)
    later = localdate() + timedelta(days=100)
    Mandate.objects.filter(dialogue=dialogue).update(feeds_on=later, feedback_on=later)
    return dialogue


@pytest.fixture
def leader(client, dialogue):
    """A browser in which a process leader of the dialogue is signed in."""
    return sign_in(client, team_member(dialogue))


def address(name, dialogue, *more):
    return reverse(f"dialogues:{name}", args=[dialogue.public_id, *more])


def page_of(response):
    return BeautifulSoup(response.content, "html.parser")


def form_on(client, where, number=0, **typed):
    """Give the fields of a form as a browser would send them back, with what is typed."""
    form = page_of(client.get(where)).select("main form[method=post]")[number]
    fields = {}
    for field in form.find_all(["input", "textarea", "select"]):
        name, kind = field.get("name"), field.get("type")
        if field.name == "textarea":
            fields[name] = field.get_text().removeprefix("\n")
        elif field.name == "select":
            chosen = field.find("option", selected=True) or field.find("option")
            fields[name] = chosen["value"] if chosen else ""
        elif kind in {"checkbox", "radio"} and not field.has_attr("checked"):
            continue
        elif kind == "checkbox":
            fields.setdefault(name, []).append(field.get("value", "on"))
        elif name:
            fields[name] = field.get("value", "")
    return fields | typed


def errors_in(response):
    return " ".join(found.get_text(" ") for found in page_of(response).select(".errorlist"))


def test_a_process_leader_opens_a_dialogue_and_lands_on_its_page(client):
    body = BodyFactory()
    sign_in(client, person_with(Role.PROCESS_LEADER, body.organisation))
    where = reverse("dialogues:new")
    typed = form_on(
        client,
        where,
        title="Byskolan",
        summary="Ska skolan vara kvar?",
        form="complex",
        visibility="public",
        organisation=body.organisation.public_id,
        bodies=[body.public_id],
    )

    first = client.post(where, typed)
    again = client.post(where, typed)

    dialogue = Dialogue.objects.get()
    assert first.url == again.url == address("workspace", dialogue)
    assert list(dialogue.bodies.all()) == [body]
    assert client.get(first.url).status_code == 200


def test_a_form_that_fails_keeps_what_was_typed(client):
    body = BodyFactory()
    sign_in(client, person_with(Role.PROCESS_LEADER, body.organisation))
    where = reverse("dialogues:new")

    response = client.post(where, form_on(client, where, summary="Tre veckors arbete", title=""))

    assert not Dialogue.objects.exists()
    assert page_of(response).find("textarea", {"name": "summary"}).get_text().strip() == (
        "Tre veckors arbete"
    )
    assert page_of(response).select_one(".error-summary")


def test_nobody_opens_a_dialogue_in_an_organisation_where_they_may_not(client):
    body, elsewhere = BodyFactory(), BodyFactory()
    sign_in(client, person_with(Role.PROCESS_LEADER, body.organisation))
    where = reverse("dialogues:new")
    typed = form_on(client, where, title="T", summary="S", form="complex", visibility="public")

    client.post(where, typed | {"organisation": elsewhere.organisation.public_id})
    assert not Dialogue.objects.exists()
    client.post(where, typed)
    assert Dialogue.objects.get().organisation == body.organisation


def test_the_mandate_is_saved_part_by_part_and_the_start_check_tells_the_rest(leader, dialogue):
    dialogue.state = DialogueState.DRAFT
    dialogue.published_at = None
    dialogue.save()
    where = address("mandate", dialogue)

    response = leader.post(where, form_on(leader, where, commissioner="", steering_group="Vi"))

    assert response.url == address("start_check", dialogue)
    check = page_of(leader.get(response.url))
    assert len(check.select(".points > li")) == 11
    assert len(check.select(".points > li > ul")) == 1
    assert Mandate.objects.get().steering_group == "Vi"


def test_two_people_editing_the_mandate_keep_both_their_changes(leader, dialogue):
    where = address("mandate", dialogue)
    of_asa = form_on(leader, where, commissioner="Åsa skrev")
    of_bo = form_on(leader, where, resources="Bo skrev")
    leader.post(where, of_asa)
    leader.post(where, of_bo)

    mandate = Mandate.objects.get()
    assert (mandate.commissioner, mandate.resources) == ("Åsa skrev", "Bo skrev")


def test_two_people_editing_the_same_part_see_each_others_text_and_lose_nothing(leader, dialogue):
    where = address("mandate", dialogue)
    of_asa = form_on(leader, where, resources="Åsas\ntext")
    of_bo = form_on(leader, where, resources="Bos text", commissioner="Bo")
    leader.post(where, of_asa)

    response = leader.post(where, of_bo)

    assert response.status_code == 200
    assert "Åsas" in errors_in(response)
    shown = page_of(response)
    assert shown.find("textarea", {"name": "resources"}).get_text().strip() == "Bos text"
    assert Mandate.objects.get().resources == "Åsas\ntext"
    hidden = shown.find("input", {"name": "initial-resources"})["value"]
    assert leader.post(where, of_bo | {"initial-resources": hidden}).status_code == 302
    mandate = Mandate.objects.get()
    assert (mandate.resources, mandate.commissioner) == ("Bos text", "Bo")


def test_the_mandate_is_saved_as_one_types_and_the_page_knows_what_it_is_compared_with(
    leader, dialogue
):
    where = address("mandate", dialogue)
    typed = form_on(leader, where, resources="En dag")

    response = leader.post(where, typed, headers={"HX-Request": "true"})

    assert Mandate.objects.get().resources == "En dag"
    fields = {
        field["name"]: field.get("value", "") for field in page_of(response).find_all("input")
    }
    assert fields["initial-resources"] == "En dag"
    assert set(fields) == {name for name in typed if name.startswith("initial-")}
    later = typed | fields | {"resources": "Två dagar"}
    assert leader.post(where, later).status_code == 302
    assert Mandate.objects.get().resources == "Två dagar"


def test_what_cannot_be_saved_as_one_types_is_told_at_once(leader, dialogue):
    where = address("mandate", dialogue)
    typed = form_on(leader, where, start_dnr="", feeds_on="nonsense")

    response = leader.post(where, typed, headers={"HX-Request": "true"})

    assert page_of(response).get_text().strip().startswith("Inte sparat ännu:")
    assert Mandate.objects.get().version == 1


def test_a_published_mandate_is_not_emptied(leader, dialogue):
    where = address("mandate", dialogue)

    response = leader.post(where, form_on(leader, where, start_dnr=""))

    assert response.status_code == 200
    assert page_of(response).select_one(".error-summary")
    assert Mandate.objects.get().start_dnr == "BUN 2026/12"


def test_the_settings_ask_for_both_coordinates_of_a_point(leader, dialogue):
    where = address("edit", dialogue)
    typed = form_on(leader, where, place_kind="point", latitude="59.3")
    assert "koordinaterna" in errors_in(leader.post(where, typed))

    leader.post(where, typed | {"longitude": "18.1"})

    dialogue.refresh_from_db()
    assert (float(dialogue.latitude), float(dialogue.longitude)) == (59.3, 18.1)


def test_a_dialogue_becomes_joint_with_an_organisation_where_one_leads_too(leader, dialogue):
    neighbour, stranger = BodyFactory(), BodyFactory()
    membership = MembershipFactory(
        user=dialogue.team.get().user, organisation=neighbour.organisation
    )
    RoleAssignmentFactory(membership=membership, role=Role.PROCESS_LEADER)
    where = address("edit", dialogue)
    own = dialogue.bodies.get()

    leader.post(where, form_on(leader, where, bodies=[own.public_id, stranger.public_id]))
    assert set(dialogue.bodies.all()) == {own}
    leader.post(where, form_on(leader, where, bodies=[own.public_id, neighbour.public_id]))
    assert set(dialogue.bodies.all()) == {own, neighbour}


def test_an_earlier_dialogue_can_be_linked_if_one_may_read_it(leader, dialogue):
    public, secret = dialogue_in(), dialogue_in(state=DialogueState.DRAFT)
    where = address("link", dialogue)

    leader.post(where, {"earlier": secret.public_id})
    assert not dialogue.earlier.exists()
    leader.post(where, {"earlier": public.public_id, "how": "Samma skola"})
    assert dialogue.earlier.get() == public


def test_publishing_needs_the_start_check_and_information_a_reason(leader, dialogue):
    Dialogue.objects.update(state=DialogueState.DRAFT, published_at=None)
    Mandate.objects.filter(dialogue=dialogue).update(commissioner="")
    where = address("publish", dialogue)

    leader.post(where, {"as": "dialogue"})
    leader.post(where, {"as": "information", "reason": "  "})
    dialogue.refresh_from_db()
    assert dialogue.state == DialogueState.DRAFT
    leader.post(where, {"as": "information", "reason": "Redan beslutat"})
    dialogue.refresh_from_db()
    assert dialogue.state == DialogueState.INFORMATION
    Mandate.objects.filter(dialogue=dialogue).update(commissioner="Nämnden")
    leader.post(where, {"as": "dialogue"})
    dialogue.refresh_from_db()
    assert dialogue.state == DialogueState.PUBLISHED


def test_breaking_off_and_closing_go_through_their_pages(leader, dialogue):
    where = address("cancel", dialogue)
    leader.post(where, {"reason": "Domstol", "feedback": ""})
    dialogue.refresh_from_db()
    assert dialogue.state == DialogueState.PUBLISHED

    leader.post(where, {"reason": "Domstol", "feedback": "Tack"})

    dialogue.refresh_from_db()
    assert dialogue.state == DialogueState.CANCELLED
    assert leader.get(where).status_code == 404
    assert leader.get(address("close", dialogue)).status_code == 404


def test_the_step_is_ticked_edited_left_and_returned_to(leader, dialogue):
    here = get_current_step(dialogue)
    edit = address("step_edit", dialogue, 2)
    wrong = form_on(leader, edit, starts_on="2026-05-02", last_day="2026-05-01")
    assert errors_in(leader.post(edit, wrong))
    leader.post(edit, wrong | {"last_day": "2026-05-09", "residents_take_part": "on"})
    here.refresh_from_db()
    assert (str(here.starts_on), str(here.last_day)) == ("2026-05-02", "2026-05-09")

    leader.post(address("step_move", dialogue, 2), {"reason": "Klart"})
    assert get_current_step(dialogue).kind == StepKind.DIALOGUE
    leader.post(address("step_move", dialogue, 2), {"reason": "Klart"})  # sent twice
    assert get_current_step(dialogue).kind == StepKind.DIALOGUE

    back = address("step_return", dialogue, 2)
    assert errors_in(leader.post(back, {"reason": ""}))
    leader.post(back, {"reason": "Unga saknas"})
    again = get_current_step(dialogue)
    assert (again.kind, again.round) == (StepKind.PERSPECTIVES, 2)

    tick = address("step_tick", dialogue, 2)
    leader.post(tick, {"done": ["given-back"]})
    assert again.checklist.get(code="given-back").done_at
    leader.post(tick, {"done": ["ask-who-else"], "was": []})  # a colleague's page, older
    assert again.checklist.get(code="given-back").done_at
    leader.post(tick, {"was": ["given-back", "ask-who-else"]})
    assert not again.checklist.filter(done_at__isnull=False).exists()


def test_leaving_a_step_with_something_left_asks_why_and_lists_it(leader, dialogue):
    leader.post(address("step_return", dialogue, 1), {"reason": "Om igen"})
    where = address("step_move", dialogue, 1)

    response = leader.post(where, {"reason": ""})

    assert response.status_code == 422
    assert "Startkontrollen håller" in errors_in(response)
    leader.post(where, {"reason": "Bedömt muntligt"})
    assert get_current_step(dialogue).kind == StepKind.PERSPECTIVES


def test_a_step_that_is_not_there_is_not_found(leader, dialogue):
    assert leader.get(address("step", dialogue, 8)).status_code == 404
    assert leader.get(address("step", dialogue, 0)).status_code == 404


def test_the_team_takes_in_and_lets_go_but_keeps_a_leader(leader, dialogue):
    colleague = person_with(Role.OFFICIAL, dialogue.organisation)
    where = address("team", dialogue)
    member = colleague.memberships.get().public_id
    assert member in leader.get(where, {"q": colleague.name}).content.decode()
    typed = form_on(leader, f"{where}?vem={member}", number=-1, role=TeamRole.HOST)
    leader.post(where, typed)
    assert dialogue.team.get(user=colleague).role == TeamRole.HOST

    assert errors_in(leader.post(where, typed))
    stranger = MembershipFactory()
    leader.post(where, typed | {"person": stranger.public_id})
    assert not dialogue.team.filter(user=stranger.user).exists()
    only_leader = dialogue.team.get(role=TeamRole.PROCESS_LEADER)
    leader.post(where, {"end": only_leader.pk})
    only_leader.refresh_from_db()
    assert only_leader.last_day is None
    foreign = TeamMemberFactory(role=TeamRole.HOST)
    assert leader.post(where, {"end": foreign.pk}).status_code == 404
    host = dialogue.team.get(user=colleague)
    leader.post(where, {"end": host.pk})
    host.refresh_from_db()
    assert host.last_day == localdate()


def test_the_diary_keeps_a_choice_and_its_reason(leader, dialogue):
    where = address("log", dialogue)

    leader.post(where, form_on(leader, where, text="Vi möts i skolan", reason="Nära"))

    entry = dialogue.log.get()
    assert (entry.text, entry.reason, entry.is_public) == ("Vi möts i skolan", "Nära", False)


def test_what_many_said_is_entered_on_one_page_once(leader, dialogue):
    where = address("contribution_new", dialogue)
    typed = form_on(leader, where, channel="call", language="so", place="Torget")
    typed |= {"voice_0": "Basku waa dhif", "voice_3": "Waddadu waa mugdi"}

    leader.post(where, typed)
    leader.post(where, typed)

    voices = Contribution.objects.order_by("pk")
    assert [voice.text for voice in voices] == ["Basku waa dhif", "Waddadu waa mugdi"]
    assert {(voice.channel, voice.language, voice.place, voice.state) for voice in voices} == {
        ("call", "so", "Torget", "internal")
    }


def test_more_boxes_keep_what_was_typed(leader, dialogue):
    where = address("contribution_new", dialogue)
    typed = form_on(leader, where, voice_4="Femte rösten", place="Torget")

    response = leader.post(where, typed | {"more": "1"})

    page = page_of(response)
    assert len(page.find_all("textarea")) == 10
    assert page.find("textarea", {"name": "voice_4"}).get_text().strip() == "Femte rösten"
    assert page.find("input", {"name": "place"})["value"] == "Torget"
    assert page.find("input", {"name": "client_key"})["value"] == typed["client_key"]
    assert not Contribution.objects.exists()


def test_an_empty_page_of_voices_is_told_so(leader, dialogue):
    where = address("contribution_new", dialogue)

    response = leader.post(where, form_on(leader, where, voice_0=" \u202e "))

    assert page_of(response).select_one(".error-summary")
    assert not Contribution.objects.exists()


def test_voices_are_found_by_word_channel_and_state(leader, dialogue):
    ContributionFactory(dialogue=dialogue, text="Bussen är sen", channel="call")
    ContributionFactory(dialogue=dialogue, text="Skolan är bra", state="waiting")
    where = address("contributions", dialogue)

    def found(**asked):
        return [
            quote.get_text() for quote in page_of(leader.get(where, asked)).select("blockquote")
        ]

    assert found(q="buss") == ["Bussen är sen"]
    assert found(channel="call") == ["Bussen är sen"]
    assert found(state="waiting") == ["Skolan är bra"]
    assert len(found(channel="nonsense")) == 2


def test_a_perspective_gathers_voices_of_its_own_dialogue(leader, dialogue):
    voice, foreign = ContributionFactory(dialogue=dialogue), ContributionFactory()
    leader.post(address("perspectives", dialogue), {"title": "Skolvägen är farlig"})
    perspective = Perspective.objects.get()
    link = address("perspective_link", dialogue, perspective.public_id)

    leader.post(link, {"add": [voice.public_id, foreign.public_id]})
    assert list(perspective.contributions.all()) == [voice]
    leader.post(link, {"remove": [voice.public_id]})
    assert not perspective.contributions.exists()

    where = address("perspective", dialogue, perspective.public_id)
    leader.post(where, {"title": "Vägen", "text": "Mörk", "is_public": "on"})
    perspective.refresh_from_db()
    assert (perspective.title, perspective.text, perspective.is_public) == ("Vägen", "Mörk", True)


def test_an_insight_is_drafted_cited_published_and_withdrawn(leader, dialogue):
    perspective = PerspectiveFactory(dialogue=dialogue)
    leader.post(address("insight_new", dialogue), {"text": "Vägen oroar många"})
    insight = Insight.objects.get()
    edit = address("insight_edit", dialogue, insight.public_id)
    state = address("insight_state", dialogue, insight.public_id)

    leader.post(state, {"do": "publish"})
    insight.refresh_from_db()
    assert insight.state == "draft"
    leader.post(edit, form_on(leader, edit, perspectives=[perspective.public_id]))
    leader.post(state, {"do": "publish"})
    insight.refresh_from_db()
    assert insight.state == "published"
    leader.post(state, {"do": "withdraw", "reason": ""})
    insight.refresh_from_db()
    assert insight.state == "published"
    leader.post(state, {"do": "withdraw", "reason": "Fel hört"})
    insight.refresh_from_db()
    assert (insight.state, insight.state_reason) == ("withdrawn", "Fel hört")


@pytest.mark.parametrize(
    ("page", "kind", "typed"),
    [
        ("perspectives", "perspectives", {"title": "Vägen är mörk"}),
        ("insight_new", "insights", {"text": "Vägen oroar många"}),
        ("log", "log", {"text": "Vi möts i skolan", "reason": "Den ligger nära"}),
    ],
)
def test_a_form_sent_twice_does_its_work_once(leader, dialogue, page, kind, typed):
    where = address(page, dialogue)
    form = form_on(leader, where, **typed)

    first, again = leader.post(where, form), leader.post(where, form)

    assert first.url == again.url
    assert getattr(dialogue, kind).count() == 1
    own_form = -1 if page == "log" else 0  # each entry of the diary has a form of its own before
    leader.post(where, form_on(leader, where, own_form, **typed))  # the page opened anew
    assert getattr(dialogue, kind).count() == 2


def test_an_insight_cites_nothing_from_another_dialogue(leader, dialogue):
    foreign = PerspectiveFactory()
    where = address("insight_new", dialogue)

    response = leader.post(where, {"text": "Lånat", "perspectives": [foreign.public_id]})

    assert errors_in(response)
    assert not Insight.objects.exists()


def test_two_people_rewriting_an_insight_see_each_others_text(leader, dialogue):
    insight = InsightFactory(dialogue=dialogue)
    where = address("insight_edit", dialogue, insight.public_id)
    of_asa, of_bo = form_on(leader, where, text="Åsas"), form_on(leader, where, text="Bos")
    leader.post(where, of_asa)

    response = leader.post(where, of_bo)

    assert "Åsas" in errors_in(response)
    assert page_of(response).find("input", {"name": "text"})["value"] == "Bos"
    version = page_of(response).find("input", {"name": "version"})["value"]
    leader.post(where, of_bo | {"version": version})
    insight.refresh_from_db()
    assert insight.text == "Bos"


def test_today_shows_what_needs_me_first_what_is_late(leader, dialogue):
    step = get_current_step(dialogue)
    step.last_day = localdate() - timedelta(days=1)
    step.save()
    ContributionFactory.create_batch(
        2, dialogue=dialogue, state="waiting", received_at=timezone.now()
    )

    items = page_of(leader.get(reverse("dialogues:today"))).select(".todo > li")

    assert ["data-overdue" in item.attrs for item in items] == [True, False]
    assert items[1].a.get_text() == "2 inspel väntar på att bli lästa."
    assert items[1].a["href"] == address("moderation", dialogue)


def test_today_of_somebody_with_nothing_to_do_says_so(client):
    sign_in(client, TeamMemberFactory(role=TeamRole.REGISTRAR).user)

    page = page_of(client.get(reverse("dialogues:today")))

    assert not page.select(".todo")
    assert "Inget väntar på dig i dag" in page.get_text()


def test_my_dialogues_are_found_sorted_and_paged(leader, dialogue):
    user = dialogue.team.get().user
    for title in ("Älvdalens bad", "Åmåls torg", "Örebro slott"):
        TeamMemberFactory(dialogue=dialogue_in(title=title), user=user)
    Dialogue.objects.filter(pk=dialogue.pk).update(title="Byskolan", sort_key="b")
    where = reverse("dialogues:workspace_list")

    def titles(**asked):
        rows = page_of(leader.get(where, asked)).select("tbody th a")
        return [row.get_text() for row in rows]

    assert titles() == ["Byskolan", "Åmåls torg", "Älvdalens bad", "Örebro slott"]
    assert titles(sort="-title")[0] == "Örebro slott"
    assert titles(q="amals torg") == ["Åmåls torg"]
    assert titles(state="draft") == []


@pytest.mark.parametrize(
    ("page", "field"),
    [("edit", "background"), ("mandate", "resources"), ("log", "text"), ("cancel", "reason")],
)
def test_ten_megabytes_are_answered_clearly_and_change_nothing(leader, dialogue, page, field):
    before = Dialogue.objects.values().get(pk=dialogue.pk)

    response = leader.post(address(page, dialogue), {field: "x" * TEN_MEGABYTES})

    assert response.status_code == 400
    assert page_of(response).h1.get_text(strip=True)
    assert Dialogue.objects.values().get(pk=dialogue.pk) == before
    assert not dialogue.log.exists()


def test_control_and_reordering_characters_are_cleaned_away(leader, dialogue):
    where = address("mandate", dialogue)

    leader.post(where, form_on(leader, where, resources="En\x07 dag\u202e i\r\nveckan"))

    assert Mandate.objects.get().resources == "En dag i\nveckan"


def test_nul_bytes_are_refused_and_nothing_is_written(leader, dialogue):
    where = address("mandate", dialogue)

    response = leader.post(where, form_on(leader, where, resources="En\x00 dag"))

    assert response.status_code == 400
    assert Mandate.objects.get().version == 1


def test_too_long_a_text_is_kept_on_the_page_and_not_stored(leader, dialogue):
    where = address("mandate", dialogue)
    long = "ord " * 600

    response = leader.post(where, form_on(leader, where, resources=long))

    assert errors_in(response)
    kept = page_of(response).find("textarea", {"name": "resources"}).get_text()
    assert len(kept.split()) == 600
    assert Mandate.objects.get().resources == "En processledare på halvtid"


def test_a_mandate_is_printed_on_one_page_with_all_that_was_decided(leader, dialogue):
    text = page_of(leader.get(address("mandate_print", dialogue))).main.get_text(" ")

    for said in ("Skollagen gäller.", "BUN 2026/12", "BUN 2026/13", "Nämnden svarar"):
        assert said in text


def test_a_mandate_is_handed_over_as_a_pdf(leader, dialogue):
    response = leader.get(address("mandate_pdf", dialogue))

    assert response.content.startswith(b"%PDF")
    assert f"uppdrag-{dialogue.slug}.pdf" in response.headers["Content-Disposition"]


def test_signing_in_leads_to_today(client):
    user = TeamMemberFactory().user
    client.post(reverse("account_request_login_code"), {"email": user.email})
    code = re.search(r"[A-Z0-9]{4}-?[A-Z0-9]{2,4}|\d{6}", mail.outbox[0].body)
    assert code
    response = client.post(reverse("account_confirm_login_code"), {"code": code[0]})
    assert response.url == reverse("dialogues:today")


def test_every_step_of_the_dialogue_leads_to_its_page(leader, dialogue):
    page = page_of(leader.get(address("workspace", dialogue)))

    linked = {link["href"] for link in page.select("main a[href]")}

    assert {address("step", dialogue, step.position) for step in steps_of(dialogue)} <= linked
