"""The classes of attack that others have suffered, and the advisories that told of them.

A test of a class names in its docstring the advisories that it stands for; test_advisories holds
that none is missing. The numbers are public: of Decidim, pretix, pretalx and OpenSlides, and of a
gem that checked rights for the wrong action. Faults that have an issue and no advisory stand with
the project's name and the issue's number.
"""

ADVISORIES = {
    "stored_xss": (
        "CVE-2026-23891",
        "CVE-2023-51447",
        "CVE-2024-27095",
        "CVE-2024-32034",
        "CVE-2024-39910",
        "CVE-2026-45572",
        "PYSEC-2020-72",
    ),
    "reflected_xss": (
        "CVE-2023-32693",
        "CVE-2023-34089",
        "CVE-2024-32469",
        "CVE-2024-41673",
        "CVE-2024-45594",
        "Consul #4805",
    ),
    "sql_injection": ("CVE-2026-45376", "CVE-2024-43415", "CVE-2023-34090"),
    "object_authorisation": (
        "CVE-2023-36465",
        "CVE-2026-40869",
        "CVE-2026-40870",
        "CVE-2026-45086",
        "CVE-2026-45415",
        "CVE-2019-16377",
    ),
    "tenants": ("CVE-2026-45330", "CVE-2026-45414", "CVE-2026-5600"),
    "private_downloads": (
        "CVE-2026-45377",
        "CVE-2026-45378",
        "CVE-2025-65017",
        "CVE-2026-9712",
        "LimeSurvey 2091",
    ),
    "previews": ("CVE-2024-27090",),
    "invitations": ("CVE-2023-48220", "Consul #6084"),
    "double_submit": ("CVE-2023-47634", "Consul #4061", "Consul #5762", "Consul #6072"),
    "csrf": ("CVE-2023-47635", "PYSEC-2023-42", "Consul #3840"),
    "outgoing_requests": ("CVE-2026-45573",),
    "forwarding_headers": ("PYSEC-2023-187",),
    "import_files": ("PYSEC-2023-40", "PYSEC-2023-41"),
    "default_credentials": ("PYSEC-2024-99", "Consul #6266"),
    "enumeration": ("Consul #4691", "e-petitions #573", "e-petitions #525"),
    "image_metadata": ("Consul #5122", "Consul #5256"),
    "exhaustion": ("Consul #5706", "Consul #6329", "Polis #976"),
    # Without a number of any kind.
    "cookies_and_headers": (),
}
