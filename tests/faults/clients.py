"""Clients that save answers over HTTP and keep a journal of their own: what they sent, and what was acknowledged."""

import http.client
import json
import threading
import time
import uuid
from dataclasses import dataclass, field

CSRF = "c" * 32
PATIENCE = 30.0


class InFlight:
    """How many requests are sent and not yet answered: now, and at most."""

    def __init__(self) -> None:
        self.lock, self.now, self.most = threading.Lock(), 0, 0

    def __enter__(self) -> None:
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)

    def __exit__(self, *_: object) -> None:
        with self.lock:
            self.now -= 1


@dataclass
class StudentClient:
    """One browser of one student. It sends a save again, with the same key, until it gets an answer."""

    port: int
    sitting: str
    session: str
    in_flight: InFlight = field(default_factory=InFlight)
    sent: dict[str, list[object]] = field(default_factory=dict)
    acknowledged: dict[str, list[object]] = field(default_factory=dict)
    connection: http.client.HTTPConnection | None = None

    def save(self, slot: int, base: int, chosen: list[str]) -> int:
        """Returns the status. The journal gets its line before the request, and its second after a 200 only."""
        key = uuid.uuid4().hex
        self.sent[key] = [self.sitting, slot, base + 1, chosen]
        body = json.dumps({"base": base, "key": key, "answer": chosen})
        status, answer = self.post_until_answered(f"/exams/sittings/{self.sitting}/slots/{slot}/", body)
        if status == 200:
            self.acknowledged[key] = [self.sitting, slot, json.loads(answer)["revision"], chosen]
        return status

    def submit(self) -> int:
        return self.post_until_answered(f"/exams/sittings/{self.sitting}/submit/", "", form=True)[0]

    def post_until_answered(self, address: str, body: str, *, form: bool = False) -> tuple[int, bytes]:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                return self.post(address, body, form)
            except (OSError, http.client.HTTPException):
                self.connection = None
                time.sleep(0.05)
        raise TimeoutError(f"{address} was not answered.")

    def post(self, address: str, body: str, form: bool) -> tuple[int, bytes]:
        self.connection = self.connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        kind = "application/x-www-form-urlencoded" if form else "application/json"
        headers = {
            "Content-Type": kind,
            "Cookie": f"session={self.session}; csrf={CSRF}",
            "X-CSRFToken": CSRF,
        }
        with self.in_flight:
            self.connection.request("POST", address, body, headers)
            answer = self.connection.getresponse()
            return answer.status, answer.read()


def lost_answers(clients: list[StudentClient], events: dict[str, list[object]]) -> dict[str, list[object]]:
    """Acknowledged, and not in the log as acknowledged. Must be empty."""
    acknowledged = {key: line for client in clients for key, line in client.acknowledged.items()}
    return {key: line for key, line in acknowledged.items() if events.get(key) != line}


def phantom_answers(clients: list[StudentClient], events: dict[str, list[object]]) -> set[str]:
    """In the log of these sittings, and never sent. Must be empty."""
    sittings = {client.sitting for client in clients}
    sent = {key for client in clients for key in client.sent}
    return {key for key, line in events.items() if line[0] in sittings} - sent
