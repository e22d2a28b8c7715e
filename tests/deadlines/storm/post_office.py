"""A mail server on the loopback that keeps what it took, and can hang, refuse, put off, drop or be away."""

import asyncio
import logging
import re
import threading
import time
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

logging.getLogger("mail.log").setLevel(logging.WARNING)
REFUSED = "refused."
"""How an address begins that does not exist."""
MESSAGE_ID = re.compile(rb"^Message-ID:\s*<([^@>]+)@", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True)
class Taken:
    """One message that the server took. `said`: whether the sender heard of it."""

    at: float
    message_id: str
    address: str
    said: bool


class PostOffice:
    """`mood`: fine, hangs, drops, later, refuses us or away."""

    def __init__(self) -> None:
        self.mood = "fine"
        self.taken: list[Taken] = []
        self.refused = self.sessions = 0
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.BaseTransport] = set()
        self._thread = threading.Thread(target=self._loop.run_forever, name="post office", daemon=True)

    def start(self) -> None:
        self._thread.start()
        self._do(self._listen())

    def stop(self) -> None:
        self._do(self._leave())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def become(self, mood: str) -> None:
        """Those who wait in a server that hangs, and all when it goes away, lose their connection."""
        before, self.mood = self.mood, mood
        if mood == "away" or before == "hangs":
            self._do(self._leave())
        if self._server is None and mood != "away":
            self._do(self._listen())

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _listen(self) -> None:
        self._server = await self._loop.create_server(self._session, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _leave(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
        for transport in list(self._open):
            transport.abort()  # type: ignore[attr-defined]
        await asyncio.sleep(0.05)

    def _session(self) -> SMTP:
        office = self

        class Noted(SMTP):
            def connection_made(self, transport: Any) -> None:
                office._open.add(transport)
                office.sessions += 1
                self.noted = transport
                super().connection_made(transport)

            def connection_lost(self, error: Exception | None) -> None:
                office._open.discard(self.noted)
                super().connection_lost(error)

        return Noted(self, hostname="post.example", loop=self._loop, timeout=60)

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        while self.mood == "hangs":
            await asyncio.sleep(0.1)
        if self.mood == "refuses us":
            return "530 who are you"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.startswith(REFUSED):
            self.refused += 1
            return "550 no such person"
        if self.mood == "later":
            return "451 later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        found = MESSAGE_ID.search(envelope.original_content or b"")
        said = self.mood != "drops"
        for address in envelope.rcpt_tos:
            self.taken.append(Taken(time.time(), found[1].decode() if found else "", address, said))
        if not said:
            with suppress(AttributeError):
                server.transport.abort()  # type: ignore[union-attr]
        return "250 OK"
