"""All tables at once, for migrations and for whatever looks at the whole schema."""

from kbk.accounts import models as accounts
from kbk.audit import models as audit
from kbk.awards import models as awards
from kbk.competitions import models as competitions
from kbk.groups import models as groups
from kbk.jobs import models as jobs
from kbk.judging import models as judging
from kbk.risalah import models as risalah

__all__ = ["accounts", "audit", "awards", "competitions", "groups", "jobs", "judging", "risalah"]
