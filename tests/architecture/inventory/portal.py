from tests.architecture.inventory.dialogues_public import dialogues
from tests.architecture.inventory.page import EVERYBODY, Page

PAGES = (
    Page("portal:home", EVERYBODY, fill=dialogues, public=True),
    Page("portal:map", EVERYBODY, fill=dialogues, public=True),
    Page("portal:privacy", EVERYBODY, public=True),
)
