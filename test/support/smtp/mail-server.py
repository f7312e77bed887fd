"""A real SMTP server (aiosmtpd) for one test. Arguments: PEM certificate and key, or nothing for one without TLS.

Prints its port, then a JSON line for each message it took: what Python's own e-mail parser reads in it, and whether it came over TLS.
A recipient at `gone.example` does not exist (550), one at `busy.example` is refused for now (451).
"""
import email
import email.policy
import json
import socket
import ssl
import sys
from email.header import decode_header, make_header

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP


def decoded(value):
    """The words of a header after RFC 2047, unfolded."""
    return str(make_header(decode_header(value))).replace("\r\n", "")


class Box:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.endswith("@gone.example"):
            return "550 5.1.1 No such mailbox"
        if address.endswith("@busy.example"):
            return "451 4.7.1 Try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        body = message.get_body(preferencelist=("plain",))
        told = {
            "to": envelope.rcpt_tos,
            "from": envelope.mail_from,
            "tls": session.ssl is not None,
            "headers": [[name, decoded(value)] for name, value in email.message_from_bytes(envelope.content).items()],
            "body": body.get_content(),
            "defects": [type(defect).__name__ for defect in message.defects],
            "attachments": len(list(message.iter_attachments())),
        }
        print(json.dumps(told, ensure_ascii=True), flush=True)
        return "250 OK"


class Server(Controller):
    def factory(self):
        context = None
        if len(sys.argv) > 2:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(sys.argv[1], sys.argv[2])
        return SMTP(self.handler, hostname="mail.example", tls_context=context, require_starttls=context is not None)


with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    port = probe.getsockname()[1]
server = Server(Box(), hostname="127.0.0.1", port=port)
server.start()
print(port, flush=True)
sys.stdin.read()
server.stop()
