from tests.architecture.inventory.page import EVERYBODY, Page

PAGES = (Page("portal:home", EVERYBODY, public=True),)
