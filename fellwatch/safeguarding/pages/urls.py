"""Addresses of the safeguarding room's pages."""

from django.urls import path

from fellwatch.safeguarding.pages import (
    agencies,
    cases,
    handovers,
    hub,
    hub_figures,
    hub_sharing,
    orders,
    printing,
    returns,
    reviewing,
    starting,
)
from fellwatch.safeguarding.pages.marac.urls import PATTERNS as MARAC

app_name = "safeguarding"
urlpatterns = [
    path("", cases.cases, name="cases"),
    path("review/", reviewing.queue, name="review"),
    path("review/<uuid:id>/", reviewing.review, name="review_form"),
    path("review/<uuid:id>/owner/", reviewing.own, name="own"),
    path("returns/", returns.figures, name="figures"),
    path("returns/prompts/", returns.add_prompt, name="add_prompt"),
    path("returns/prompts/<uuid:id>/", returns.end_prompt, name="end_prompt"),
    path("cases/<uuid:id>/", cases.case, name="case"),
    path("cases/<uuid:id>/pack.pdf", printing.pack_pdf, name="pack_pdf"),
    path("cases/<uuid:id>/<slug:step>/", cases.case_step, name="case_step"),
    path("handovers/", handovers.handovers, name="handovers"),
    path("handovers/new/<uuid:incident>/<uuid:person>/", handovers.new_handover, name="new_handover"),
    path("handovers/<uuid:id>/", handovers.handover, name="handover"),
    path("handovers/<uuid:id>/pack.pdf", handovers.handover_pdf, name="handover_pdf"),
    path("handovers/<uuid:id>/more/", handovers.handover_more, name="handover_more"),
    path("handovers/<uuid:id>/<slug:step>/", handovers.handover_step, name="handover_step"),
    path("people/<uuid:id>/notice/", starting.new_notice, name="new_notice"),
    path("people/<uuid:id>/disclosure/", starting.new_request, name="new_request"),
    path("people/<uuid:id>/orders/<slug:kind>/", starting.new_order, name="new_order"),
    path("orders/<uuid:id>/", orders.order, name="order"),
    path("orders/<uuid:id>/notice.pdf", printing.notice_pdf, name="notice_pdf"),
    path("orders/<uuid:id>/service.pdf", printing.service_pdf, name="service_pdf"),
    path("orders/<uuid:id>/<slug:step>/", orders.order_step, name="order_step"),
    path("hub/", hub.board, name="hub"),
    path("hub/figures/", hub_figures.page, name="hub_figures"),
    path("hub/figures.pdf", hub_figures.pdf, name="hub_pdf"),
    path("hub/<uuid:id>/", hub.contact, name="hub_contact"),
    path("hub/<uuid:id>/share/<slug:kind>/", hub_sharing.share, name="hub_share"),
    path("hub/<uuid:id>/<slug:step>/", hub.step, name="hub_step"),
    path("incidents/<uuid:id>/raise/", hub.raise_it, name="hub_raise"),
    path("raised/", hub.raised, name="raised"),
    path("agencies/", agencies.agencies, name="agencies"),
    path("agencies/<slug:code>/", agencies.agency, name="agency"),
    path("agencies/<slug:code>/<slug:step>/", agencies.agency_step, name="agency_step"),
    path("messages/", agencies.messages, name="messages"),
    path("messages/<uuid:id>/again/", agencies.message_again, name="message_again"),
    *MARAC,
]
