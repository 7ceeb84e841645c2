"""The desk: for people with an account only."""

from django.urls import path, re_path

from support.desk import audit_page, case_moves, figures_pages, live, mail_pages, moves, pages, privacy_pages, sign_in
from support.desk.admin_site import site

ONE = "conversations/<slug:conversation_id>"

urlpatterns = [
    path("", pages.desk, name="desk"),
    path("line", pages.line, name="line"),
    path("live", live.live, name="live"),
    path(ONE, pages.conversation, name="conversation"),
    path(f"{ONE}/said", pages.said, name="said"),
    path(f"{ONE}/owner", pages.owner, name="owner"),
    path(f"{ONE}/card", pages.card, name="card"),
    path(f"{ONE}/what-if", pages.what_if, name="what-if"),
    path(f"{ONE}/take", moves.take, name="take"),
    path(f"{ONE}/say", moves.say, name="say"),
    path(f"{ONE}/transfer", moves.transfer, name="transfer"),
    path(f"{ONE}/release", moves.release, name="release"),
    path(f"{ONE}/hand-back", moves.hand_back, name="hand-back"),
    path(f"{ONE}/close", moves.close, name="close"),
    path("photos/<slug:photo_id>", pages.photo, name="photo"),
    path("photos/<slug:photo_id>/original", pages.original, name="original"),
    path("cases", pages.cases, name="cases"),
    path("cases/<str:number>/<slug:move>", case_moves.move, name="case-move"),
    path("mail", mail_pages.mail, name="mail"),
    path("mail/<int:letter_id>", mail_pages.letter, name="letter"),
    path("mail/retry", mail_pages.retry, name="mail-retry"),
    path("numbers", figures_pages.numbers, name="numbers"),
    path("numbers.csv", figures_pages.numbers_csv, name="numbers-csv"),
    path("training-line", figures_pages.training_line, name="training-line"),
    path("audit", audit_page.audit_log, name="audit"),
    path("privacy", privacy_pages.privacy, name="privacy"),
    path("privacy/find", privacy_pages.privacy_find, name="privacy-find"),
    path("privacy/export", privacy_pages.privacy_export, name="privacy-export"),
    path("privacy/erase", privacy_pages.privacy_erase, name="privacy-erase"),
    path("sign-in", sign_in.sign_in, name="sign-in"),
    path("sign-out", sign_in.sign_out, name="sign-out"),
    path("password", sign_in.password, name="password"),
    path("admin/", site.urls),
    re_path("", pages.not_there),
]
