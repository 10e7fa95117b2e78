import Interpreter
import Net

let labMail = Command(
  "lab mail", "Lists the last messages that the lab's mail server took, the newest last.", gives: .table,
  examples: [
    Example(
      "use smtp; let said = smtp send mail.example.test:25 \"Subject: hello\\r\\n\\r\\nIt works.\" --from a@example.test --to b@example.test; lab mail | get from",
      "a@example.test", needsLab: true)
  ]
) { machine in
  .list(
    (try machine.openLab.lab?.mails ?? []).map { mail in
      .record(
        Record([
          "from": .string(String(decoding: mail.from, as: UTF8.self)),
          "to": .list(mail.to.map { .string(String(decoding: $0, as: UTF8.self)) }), "data": .bytes(mail.data),
        ]))
    })
}
