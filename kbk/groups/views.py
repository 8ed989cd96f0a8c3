"""Pages of the team: own groups, a group's profile and its members."""

from datetime import timedelta
from typing import Any

from flask import current_app, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from kbk import clock
from kbk.db import transaction
from kbk.errors import DomainError
from kbk.groups import import_views, invitation_views, organiser_views, queries, rules, service
from kbk.groups.blueprint import blueprint
from kbk.groups.forms import MemberForm, ProfileForm
from kbk.groups.models import Group, Member
from kbk.groups.organiser_views import init_groups
from kbk.indonesian import join_words, mask_nip
from kbk.policy import Action, MemberRole, may
from kbk.web.access import access, signed_in_actor

__all__ = ["blueprint", "import_views", "init_groups", "invitation_views", "organiser_views"]


def back_to_group(group: Group) -> Response:
    """Lead back to a group's page."""
    return redirect(url_for("groups.show", public_id=group.public_id))


@blueprint.get("/kelompok")
@access(Action.SEE_OWN_GROUPS)
def own_groups() -> Any:
    """Lead to the person's group, or list them when there are several."""
    groups = queries.own_groups(signed_in_actor().user_id)
    if len(groups) == 1:
        return back_to_group(groups[0])
    return render_template("groups/own_groups.html", groups=groups)


@blueprint.get("/kelompok/<public_id>")
@access(Action.SEE_GROUP, on=queries.group)
def show(group: Group) -> str:
    """Show a group: what to do next, its profile and its members."""
    actor = signed_in_actor()
    roles = [member.role for member in group.members]
    left = group.deadline - clock.now()
    facts = rules.ProfileFacts(group.name_meaning, group.motto, group.formed_on, group.decree_number)
    return render_template(
        "groups/show.html",
        group=group,
        profile_gaps=join_words(rules.profile_gaps(facts)),
        team_gaps=join_words(rules.team_gaps(roles)),
        uninvited=any(member.user_id is None for member in group.members),
        size_warning=rules.size_warning(roles),
        counted=rules.counted_members(roles),
        role_labels=rules.ROLE_LABELS,
        mask_nip=mask_nip,
        is_member=group.id in actor.groups,
        may_edit=may(actor, Action.EDIT_GROUP, group),
        deadline_passed=left <= timedelta(0),
        deadline_near=left < rules.NEAR,
        deadline_pressing=left < rules.PRESSING,
    )


@blueprint.route("/kelompok/<public_id>/ubah", methods=["GET", "POST"])
@access(Action.EDIT_GROUP, on=queries.group)
def edit(group: Group) -> Any:
    """Change what a group says about itself."""
    form = ProfileForm(obj=group)
    if form.validate_on_submit():
        try:
            with transaction():
                service.change_group(
                    signed_in_actor(),
                    group,
                    version=form.version.data,
                    **form.values,
                    now=clock.now(),
                    judged=current_app.extensions["groups.takes_part"](group),
                )
        except DomainError as error:
            form.show(error)
        else:
            flash("Profil kelompok telah disimpan.", "success")
            return back_to_group(group)
    return render_template("groups/edit.html", form=form, group=group), form.status


@blueprint.route("/kelompok/<public_id>/anggota/baru", methods=["GET", "POST"])
@access(Action.EDIT_GROUP, on=queries.group)
def add_member(group: Group) -> Any:
    """Add a person to a group."""
    has_leader = any(member.role is MemberRole.KETUA for member in group.members)
    form = MemberForm(version=1, role=(MemberRole.ANGGOTA if has_leader else MemberRole.KETUA).value)
    if form.validate_on_submit():
        try:
            with transaction():
                member = service.add_member(signed_in_actor(), group, **form.values, now=clock.now())
        except DomainError as error:
            form.show(error)
        else:
            flash(f"{member.name} telah ditambahkan.", "success")
            return back_to_group(group)
    page = render_template("groups/edit_member.html", form=form, group=group, member=None)
    return page, form.status


@blueprint.route("/kelompok/anggota/<public_id>/ubah", methods=["GET", "POST"])
@access(Action.EDIT_GROUP, on=queries.member)
def edit_member(member: Member) -> Any:
    """Correct what is said of a member."""
    form = MemberForm(obj=member)
    if form.validate_on_submit():
        try:
            with transaction():
                former = service.change_member(
                    signed_in_actor(), member, version=form.version.data, **form.values, now=clock.now()
                )
        except DomainError as error:
            form.show(error)
        else:
            passed_on = f" {former.name} kini anggota." if former else ""
            flash(f"Data {member.name} telah disimpan.{passed_on}", "success")
            return back_to_group(member.group)
    page = render_template("groups/edit_member.html", form=form, group=member.group, member=member)
    return page, form.status


@blueprint.post("/kelompok/anggota/<public_id>/keluarkan")
@access(Action.EDIT_GROUP, on=queries.member)
def remove_member(member: Member) -> Response:
    """Take a person out of the group."""
    group, name = member.group, member.name
    with transaction():
        service.remove_member(signed_in_actor(), member, clock.now())
    flash(f"{name} telah dikeluarkan dari daftar anggota.", "success")
    return back_to_group(group)
