"""The log: every read and write of personal data, in the same transaction, sealed and verifiable.

Serves DPA 2018 s.62. ADR 2 weighs sealed batches against shards; `audit.verify` needs only the standard library.
"""

from fellwatch.foundation.audit.record import Action, Entry, record, refusal

__all__ = ["Action", "Entry", "record", "refusal"]
