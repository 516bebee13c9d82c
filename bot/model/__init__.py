"""The values that flow through Tessera, in the order in which one message meets them.

    Question -> Span -> Masked -> Fragment -> Plan -> Prompt -> Reply -> Attempt -> Outcome -> Answer

Everything here is frozen and depends on the standard library only. Durations are seconds, moments are
Unix time, offsets are Python character offsets with the end exclusive.
"""
