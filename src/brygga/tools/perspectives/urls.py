from django.urls import path

from brygga.tools.perspectives.views import maps, public, results, workspace

app_name = "perspectives"
ROUND = "pastaenden/<public_id:public_id>/"
TEAM = "arbetsyta/pastaenden/<public_id:public_id>/"
DIALOGUE = "arbetsyta/dialoger/<public_id:dialogue_id>/"
ONE = f"{DIALOGUE}pastaenden/<public_id:statement_id>/"
urlpatterns = [
    path(ROUND, public.take_part, name="take_part"),
    path(f"{ROUND}egna-ord/", public.own_words, name="own_words"),
    path(
        f"{ROUND}egna-ord/tack/",
        public.own_words_sent,
        name="own_words_sent",
    ),
    path(f"{ROUND}mina-svar/", public.my_answers, name="my_answers"),
    path(f"{ROUND}klar/", results.done, name="done"),
    path(f"{ROUND}resultat/", results.results, name="results"),
    path(
        f"{ROUND}resultat/siffror.<str:form>",
        results.result_file,
        name="file",
    ),
    path(
        f"{ROUND}p/<public_id:statement_id>/",
        public.one_statement,
        name="statement",
    ),
    path("underlag/<public_id:grant_id>/", results.package, name="package"),
    path("underlag/<public_id:grant_id>/<str:secret>/", results.package, name="package_by_link"),
    path(
        f"{DIALOGUE}pastaenden/",
        workspace.overview,
        name="workspace",
    ),
    path(
        f"{DIALOGUE}pastaenden/ny/",
        workspace.new_round,
        name="new_round",
    ),
    path(
        f"{ONE}dolj/",
        workspace.hide,
        name="hide_statement",
    ),
    path(TEAM, workspace.one_round, name="round"),
    path(f"{TEAM}andra/", workspace.edit_round, name="edit_round"),
    path(f"{TEAM}las-in/", maps.read_in, name="read_in"),
    path(f"{TEAM}karta/", maps.team_map, name="map"),
    path(
        f"{TEAM}karta/rita/",
        maps.ask_for_map,
        name="ask_for_map",
    ),
    path(
        f"{TEAM}karta/publicera/",
        maps.publish_map,
        name="publish_map",
    ),
    path(f"{TEAM}karta/grupper/", maps.groups, name="groups"),
    path(f"{TEAM}underlag/", maps.packages, name="packages"),
    path(
        f"{TEAM}underlag/publicera/",
        maps.publish_package,
        name="publish_package",
    ),
    path(
        f"{TEAM}underlag/<public_id:grant_id>/aterkalla/",
        maps.revoke,
        name="revoke_package",
    ),
]
