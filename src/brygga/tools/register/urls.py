from django.urls import include, path

import brygga.core.http.converters  # noqa: F401 - gives addresses <public_id:…>
from brygga.tools.register.views import own_data
from brygga.tools.register.views.workspace import deliveries, requests, retention

app_name = "register"

of_dialogue = [
    path("diariet/", deliveries.overview, name="overview"),
    path("diariet/<public_id:delivery_id>/", deliveries.delivery, name="delivery"),
    path("diariet/<public_id:delivery_id>/nummer/", deliveries.number, name="number"),
    path("diariet/<public_id:delivery_id>/igen/", deliveries.again, name="again"),
    path("diariet/<public_id:delivery_id>/fil/<slug:kind>/", deliveries.paper, name="paper"),
    path("gallring/", retention.retention, name="retention"),
    path("gallring/stopp/", retention.brake, name="brake"),
]
of_organisation = [
    path("", requests.request_list, name="requests"),
    path("ny/", requests.request_new, name="request_new"),
    path("<public_id:request_id>/", requests.one_request, name="request"),
    path("<public_id:request_id>/uppgifter.json", requests.request_file, name="request_file"),
]
of_receipt = [
    path("", own_data.my_data, name="my_data"),
    path("uppgifter.json", own_data.my_file, name="my_file"),
    path("ta-tillbaka-allt/", own_data.withdraw_all, name="withdraw_all"),
    path("radera/", own_data.erase_me, name="erase_me"),
]
urlpatterns = [
    path("arbetsyta/dialoger/<public_id:public_id>/", include(of_dialogue)),
    path("arbetsyta/personuppgifter/<slug:slug>/", include(of_organisation)),
    path("kvitto/<str:secret>/mina-uppgifter/", include(of_receipt)),
    path("arbetsyta/mina-uppgifter/", own_data.account, name="account"),
    path("arbetsyta/mina-uppgifter/uppgifter.json", own_data.account_file, name="account_file"),
    path("arbetsyta/mina-uppgifter/radera/", own_data.erase_account, name="erase_account"),
]
