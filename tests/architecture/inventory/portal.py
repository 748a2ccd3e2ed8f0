from tests.architecture.inventory.dialogues_public import dialogues
from tests.architecture.inventory.organisations import (
    fill_page,
    principles,
    slug,
    telling,
    told,
)
from tests.architecture.inventory.page import EVERYBODY, Page

PAGES = (
    Page("portal:home", EVERYBODY, fill=dialogues, public=True),
    Page("portal:map", EVERYBODY, fill=dialogues, public=True),
    Page("portal:privacy", EVERYBODY, public=True),
    Page("portal:privacy_of", EVERYBODY, slug, public=True, max_queries=12),
    Page("portal:organisations", EVERYBODY, fill=telling, public=True, max_queries=12),
    Page("portal:organisation", EVERYBODY, told, fill=fill_page, public=True, max_queries=12),
    Page("portal:principles", EVERYBODY, principles, public=True, max_queries=12),
)
