"""What holds for every test."""

from collections import Counter

from hypothesis import HealthCheck, settings

# A test proves what is computed, not how fast a busy machine computed it.
settings.register_profile("brygga", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("brygga")
KNOWN = "known from another place"


def pytest_terminal_summary(terminalreporter):
    """Tell what the sweep over pages asked, in one sum over all workers, with its faults."""
    stats = terminalreporter.stats
    told = [
        dict(report.user_properties)
        for report in [*stats.get("passed", []), *stats.get("failed", [])]
        if report.when == "call" and "sweep" in dict(report.user_properties)
    ]
    if not told:
        return
    sums = sum((Counter(one["sweep"]) for one in told), Counter())
    cases, faults, known = (sums.pop(name, 0) for name in ("cases", "faults", KNOWN))
    terminalreporter.write_line(
        f"sweep: {len(told)} pages, {told[0]['size']}: {cases} cases, of which {cases - known} "
        f"asked and {known} {KNOWN}; {faults} faults"
    )
    for kind, count in sums.most_common():
        terminalreporter.write_line(f"  {count:>8} {kind}")
