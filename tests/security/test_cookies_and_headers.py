"""What every page tells the browser: hold on to nothing, guess nothing, load nothing else."""

import pytest
from django.conf import settings

from brygga.config.environment import CURRENT, unsafe
from tests.security.pages import READ


@pytest.mark.parametrize("page", READ, ids=str)
def test_each_answer_forbids_frames_guessing_and_telling_others(world, page):
    """Stand for what makes the classes of cross-site scripting worse than they need be."""
    world.put_in(page.state)
    answer = world.client(page.looked_at_by()).get(world.address(page))
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] in {"same-origin", "no-referrer"}
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for cookie in answer.cookies.values():
        assert cookie["samesite"] in {"Lax", "Strict"}, cookie.key


def test_the_session_is_out_of_reach_for_scripts_and_bound_to_encryption():
    """Stand for a stolen session: no script reads it, and production sends it encrypted only."""
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"
    assert settings.CSRF_COOKIE_SAMESITE == "Lax"
    assert unsafe(CURRENT), "what tests run with is refused in production"
