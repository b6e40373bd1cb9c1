"""The password hasher, with the cost chosen by measurement (docs/decisions/0003-password-hasher.md)."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Hasher(Argon2PasswordHasher):
    """Argon2id with the first parameters that OWASP lists: 19 MiB, two passes, one lane."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
