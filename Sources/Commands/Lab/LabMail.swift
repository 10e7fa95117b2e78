import Interpreter
import Net

let labMail = Command(
  "lab mail", "Lists the last messages that the lab's mail server took, the newest last.", gives: .table,
  examples: [Example("lab mail | count", "0", needsLab: true)]
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
