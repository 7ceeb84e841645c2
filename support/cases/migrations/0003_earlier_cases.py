"""Cases opened before there were moves: how they began, and the promise that runs for those under review."""

from datetime import datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import migrations

LAST_TO_END = timezone(timedelta(hours=-12))


def begin(apps, schema_editor):
    case_model, move_model = apps.get_model("cases", "Case"), apps.get_model("cases", "CaseMove")
    for case in case_model.objects.iterator():
        move_model.objects.get_or_create(
            case=case,
            key=f"{case.opened_by}:submit",
            defaults={"previous": "draft", "state": "under_review", "actor": "customer", "at": case.opened_at},
        )
        case.changed_at = case.opened_at
        if case.state == "under_review":
            zone = ZoneInfo(case.timezone) if case.timezone else LAST_TO_END
            case.due, case.due_at = "answer", datetime.combine(case.review_by + timedelta(days=1), time.min, zone)
            case.remind_at = case.due_at - timedelta(hours=settings.REMIND_DESK_HOURS)
        case.save()


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_life")]
    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
