"""Every setting that an operator can give, read from the environment in one place."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import unquote, urlsplit


@dataclass(frozen=True)
class Setting:
    name: str
    default: str
    meaning: str


SETTINGS = (
    Setting(
        "BRYGGA_MODE",
        "local",
        "`local` for demo and development on one machine, `test`, or `production`, which refuses "
        "to start unsafe.",
    ),
    Setting("BRYGGA_SECRET_KEY", "", "Signs cookies and links. At least 50 random characters."),
    Setting(
        "BRYGGA_ADDRESS",
        "http://localhost:8000",
        "The public address of this installation, with scheme. Hosts and links follow from it.",
    ),
    Setting(
        "BRYGGA_EXTRA_HOSTS",
        "",
        "More host names that may be asked for, separated by commas.",
    ),
    Setting(
        "DATABASE_URL",
        "",
        "`postgresql://user:password@host:port/name`. Empty: the command line starts an embedded "
        "PostgreSQL in the data folder.",
    ),
    Setting("BRYGGA_DATABASE_POOL", "0", "Connections in each process's pool. 0 turns it off."),
    Setting("BRYGGA_DATA", "var", "The data folder: embedded database, files, mail of the demo."),
    Setting(
        "BRYGGA_REAL_DATA",
        "../shared/data",
        "A folder with real Pol.is exports under `opinion/`, for the demo and the tests.",
    ),
    Setting(
        "BRYGGA_MAIL_URL",
        "",
        "`smtp://user:password@host:port`, `smtps://` or `smtp+starttls://`. Empty: mail is "
        "written as files to the data folder.",
    ),
    Setting("BRYGGA_MAIL_FROM", "Brygga <brygga@localhost>", "The sender of all mail."),
    Setting(
        "BRYGGA_MAIL_LARGEST",
        "10",
        "Megabytes of files that a letter may carry; above it the letter leads to them.",
    ),
    Setting(
        "BRYGGA_TRUSTED_PROXIES",
        "",
        "Networks (CIDR, separated by commas) whose X-Forwarded-For and -Proto are believed.",
    ),
    Setting(
        "BRYGGA_OUTGOING_NETWORKS",
        "",
        "Private networks (CIDR, separated by commas) that Brygga may call, such as the one where "
        "your own login runs. Every other call goes to public addresses only.",
    ),
    Setting("BRYGGA_FILE_MEGABYTES", "20", "The largest file that can be handed in."),
    Setting(
        "BRYGGA_PICTURE_MEGAPIXELS",
        "50",
        "The largest picture, in millions of pixels; a bigger one would fill the memory.",
    ),
    Setting("BRYGGA_WEB_WORKERS", "1", "Web processes on this machine."),
    Setting(
        "BRYGGA_SECOND_FACTOR",
        "",
        "`required`: the roles below show a passkey or a code from an app when they do not come "
        "through their organisation's own login. `off`: never asked for. Empty: required in "
        "production, off elsewhere, so that the demo's links work.",
    ),
    Setting(
        "BRYGGA_SECOND_FACTOR_ROLES",
        "owner,process_leader,official,elected,editor,host,registrar,secretary",
        "The roles that need a second factor, separated by commas.",
    ),
    Setting("BRYGGA_SESSION_HOURS", "336", "Hours after which everybody signs in again."),
    Setting("BRYGGA_IDLE_MINUTES", "480", "Minutes without a click after which one is signed out."),
    Setting(
        "BRYGGA_GROUNDS",
        "",
        "A TOML file with the grounds on which contributions may be hidden, in the form of "
        "`dialogues/grounds.toml`. Empty: that list, which is our own.",
    ),
    Setting(
        "BRYGGA_ASSESSMENT_DAYS",
        "10",
        "Working days within which a new assessment is promised. The default is our own.",
    ),
    Setting(
        "BRYGGA_READING_DAYS",
        "2",
        "Working days after which the team is warned that contributions wait to be read. The "
        "default is our own.",
    ),
    Setting(
        "BRYGGA_RUN_BY",
        "",
        "The organisation that answers for the installation's own pages, as it is written in "
        "addresses. Empty: the national body that is in here, if there is one.",
    ),
    Setting(
        "BRYGGA_ACCESSIBILITY_DAYS",
        "10",
        "Working days within which who reports an obstacle is promised an answer. The default is "
        "our own.",
    ),
    Setting("BRYGGA_DEMO_LINKS", "", "`brygga demo` also writes its sign-in links here, as JSON."),
    Setting("BRYGGA_CHROMIUM", "", "The browser that the journeys drive. Empty: it is looked for."),
)


@dataclass(frozen=True)
class Environment:
    """The settings as given, each with its default where nothing is given."""

    given: Mapping[str, str]

    def text(self, name: str) -> str:
        default = next(setting.default for setting in SETTINGS if setting.name == name)
        return self.given.get(name, "") or default

    def number(self, name: str) -> int:
        return int(self.text(name))

    def names(self, name: str) -> list[str]:
        return [part.strip() for part in self.text(name).split(",") if part.strip()]

    def folder(self, name: str) -> Path:
        return Path(self.text(name)).expanduser().resolve()

    @property
    def hosts(self) -> list[str]:
        own = urlsplit(self.text("BRYGGA_ADDRESS")).hostname or "localhost"
        local = [] if self.text("BRYGGA_MODE") == "production" else ["localhost", "127.0.0.1"]
        return [own, *self.names("BRYGGA_EXTRA_HOSTS"), *local]

    @property
    def second_factor_roles(self) -> frozenset[str]:
        is_production = self.text("BRYGGA_MODE") == "production"
        asked = self.text("BRYGGA_SECOND_FACTOR") or ("required" if is_production else "off")
        return (
            frozenset() if asked == "off" else frozenset(self.names("BRYGGA_SECOND_FACTOR_ROLES"))
        )

    @property
    def database(self) -> dict[str, object]:
        parts = urlsplit(self.text("DATABASE_URL"))
        query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")) or "brygga",
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(query.get("host", "") or parts.hostname or ""),
            "PORT": query.get("port", "") or str(parts.port or ""),
            "OPTIONS": self._database_options(),
            "CONN_HEALTH_CHECKS": True,  # a restarted database costs nobody a page
            "DISABLE_SERVER_SIDE_CURSORS": False,
        }

    def _database_options(self) -> dict[str, object]:
        size = self.number("BRYGGA_DATABASE_POOL")
        return {"pool": {"min_size": 1, "max_size": size}} if size else {}


@dataclass(frozen=True)
class MailServer:
    host: str
    port: int
    user: str
    password: str
    tls: bool
    starttls: bool


def mail_server(address: str) -> MailServer | None:
    """Take BRYGGA_MAIL_URL apart; None where mail goes to files."""
    if not address:
        return None
    parts = urlsplit(address)
    return MailServer(
        host=parts.hostname or "localhost",
        port=parts.port or (465 if parts.scheme == "smtps" else 587),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=parts.scheme == "smtps",
        starttls=parts.scheme == "smtp+starttls",
    )


def unsafe(environment: Environment) -> list[str]:
    """Say what would make a production installation unsafe, in words that tell the cure."""
    checks = {
        "BRYGGA_SECRET_KEY must hold at least 50 random characters.": len(
            environment.text("BRYGGA_SECRET_KEY")
        )
        >= 50,
        "BRYGGA_ADDRESS must begin with https://.": environment.text("BRYGGA_ADDRESS").startswith(
            "https://"
        ),
        "DATABASE_URL must name a PostgreSQL database.": environment.text(
            "DATABASE_URL"
        ).startswith(("postgresql://", "postgres://")),
        "BRYGGA_DATABASE_POOL must be at least 2.": environment.number("BRYGGA_DATABASE_POOL") >= 2,
        "BRYGGA_MAIL_URL must name a mail server.": bool(environment.text("BRYGGA_MAIL_URL")),
        "BRYGGA_MAIL_FROM must not be on localhost.": "@localhost"
        not in environment.text("BRYGGA_MAIL_FROM"),
        "BRYGGA_SECOND_FACTOR must not be off.": bool(environment.second_factor_roles),
        "BRYGGA_OUTGOING_NETWORKS must not hold loopback or link-local addresses.": not any(
            _is_within_the_machine(network)
            for network in environment.names("BRYGGA_OUTGOING_NETWORKS")
        ),
        "BRYGGA_EXTRA_HOSTS must not hold a wildcard.": "*"
        not in environment.text("BRYGGA_EXTRA_HOSTS"),
    }
    return [cure for cure, holds in checks.items() if not holds]


def _is_within_the_machine(network: str) -> bool:
    parsed = ip_network(network)
    inside = ("127.0.0.0/8", "169.254.0.0/16", "::1/128", "fe80::/10")
    return any(
        parsed.version == other.version and parsed.overlaps(other)
        for other in map(ip_network, inside)
    )


CURRENT = Environment(os.environ)
