import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from brygga.accounts.adapter.saml import is_installed
from brygga.accounts.adapter.saml_metadata import FAILURES, described, fetched
from brygga.accounts.operations.accessibility import forget_addresses
from brygga.accounts.operations.public_page import forget_removed
from brygga.accounts.operations.saml import renew_description
from brygga.accounts.operations.upkeep import forget_expired
from brygga.accounts.queries import saml_to_renew

log = logging.getLogger(__name__)


@app.periodic(cron="23 2 * * *")
@app.task(name="accounts.forget_expired", queueing_lock="accounts.forget_expired")
def forget(timestamp: int) -> None:  # noqa: ARG001 – Procrastinate gives periodic tasks their time
    forget_expired(at=timezone.now())
    forget_addresses(at=timezone.now())
    forget_removed(at=timezone.now())


@app.periodic(cron="41 2 * * *")
@app.task(name="accounts.renew_saml", queueing_lock="accounts.renew_saml")
def renew_saml(timestamp: int) -> None:  # noqa: ARG001 – Procrastinate gives periodic tasks their time
    """Read the metadata of logins again; what cannot be read leaves yesterday's in force."""
    if not is_installed():
        return
    for saml in saml_to_renew():
        try:
            found = described(fetched(saml.metadata_url), saml.login.issuer, saml.metadata_signer)
        except FAILURES as error:
            log.warning("Metadata of login %s: %s", saml.login.public_id, type(error).__name__)
        else:
            renew_description(saml=saml, described=found, at=timezone.now())
