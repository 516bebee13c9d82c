"""What Slack's words for "no" mean to us: one table, and every call goes by it.

The codes are those of Slack's reference for the methods that we call (chat.*, views.*, conversations.*, agents.*).
A code that is not here is a refusal for good: it is logged by its word, nobody is paid, and the last word goes to the
asker directly.
"""

from __future__ import annotations

from enum import Enum


class Means(Enum):
    """What is done after a refusal."""

    PASSING = "try again: it is Slack's own trouble"
    SIMPLER = "send it simpler or shorter"
    GONE = "that message or thread is gone: write a new one"
    NO_PLACE = "nothing of ours may stand there: tell the asker elsewhere, and pay no provider"
    DEAD = "our token is not taken: not ready, and an admin must act"
    LATE = "the click is too old to open anything: ask for another one"
    CLOSED = "the window was closed or replaced by its reader: nothing is left to show"


_TABLE = {
    Means.PASSING: "internal_error fatal_error service_unavailable request_timeout external_channel_migrating "
    "team_added_to_org rollup_error",
    Means.SIMPLER: "invalid_blocks invalid_blocks_format msg_too_long msg_blocks_too_long markdown_text_too_long "
    "invalid_metadata_format invalid_metadata_schema metadata_too_large metadata_must_be_sent_from_app "
    "invalid_arguments too_many_attachments invalid_attachments markdown_text_conflict",
    Means.GONE: "message_not_found cant_update_message edit_window_closed thread_not_found cannot_reply_to_message "
    "is_inactive update_failed block_mismatch invalid_thread_ts",
    Means.NO_PLACE: "not_in_channel channel_not_found is_archived channel_is_archived no_permission ekm_access_denied "
    "restricted_action user_not_in_channel channel_type_not_supported method_not_supported_for_channel_type "
    "team_not_found access_denied posting_to_channel_denied slack_connect_canvas_sharing_blocked "
    "slack_connect_file_link_sharing_blocked as_user_not_supported not_allowed messages_tab_disabled "
    "slack_connect_clip_sharing_blocked user_is_restricted cannot_dm_bot external_team_blocked",
    Means.DEAD: "invalid_auth not_authed account_inactive token_revoked token_expired org_login_required "
    "team_access_not_granted two_factor_setup_required enterprise_is_restricted accesslimited",
    Means.LATE: "expired_trigger_id exchanged_trigger_id invalid_trigger_id trigger_expired trigger_exchanged",
    Means.CLOSED: "not_found hash_conflict",
}  # fmt: skip

CODES = {code: means for means, codes in _TABLE.items() for code in codes.split()}

SENTENCES = {
    Means.LATE: "This took too long to open. Press the button again.",
    Means.DEAD: "Slack does not accept our token. Tell your admin.",
    Means.NO_PLACE: "I may not write there. Ask me in a direct message, or in another channel.",
}


def means(code: str) -> Means | None:
    """Return what a code means; None for a refusal of which nothing more is known."""
    # A family: restricted_action_read_only_channel, _thread_only_channel, _non_threadable_channel, _thread_locked ...
    return Means.NO_PLACE if code.startswith("restricted_action") else CODES.get(code)


def coded(wanted: Means) -> frozenset[str]:
    """Return the codes that mean this."""
    return frozenset(code for code, found in CODES.items() if found is wanted)
