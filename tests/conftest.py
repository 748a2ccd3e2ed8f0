"""What holds for every test."""

from collections import Counter

from hypothesis import HealthCheck, settings

# A test proves what is computed, not how fast a busy machine computed it.
settings.register_profile("brygga", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("brygga")


def pytest_terminal_summary(terminalreporter):
    """Tell what the sweep over pages asked, in one sum over all workers."""
    told = [
        dict(report.user_properties)["sweep"]
        for report in terminalreporter.stats.get("passed", [])
        if report.when == "call" and "sweep" in dict(report.user_properties)
    ]
    if told:
        sums = sum(map(Counter, told), Counter())
        terminalreporter.write_line(f"sweep: {len(told)} pages, {sums.pop('cases')} cases")
        for kind, count in sums.most_common():
            terminalreporter.write_line(f"  {count:>8} {kind}")
