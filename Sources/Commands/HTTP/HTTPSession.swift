import Clients
import Interpreter
import Net

let httpSession = Command(
  "http session", "Runs a block whose requests keep their cookies in a jar of this name, as long as the shell runs.",
  Parameter<String>.required("name", "the jar's name; a second block with it finds the cookies again"),
  Parameter<Function>.required("block", "what to do"), gives: .any,
  examples: [
    Example("http session shop { http get http://www.rfc.test/ | get status }", needsLab: true)
  ]
) { machine, name, block in
  try machine.http.within(name, machine) { try machine.call(block, []) }
}

let httpCookies = Command(
  "http cookies",
  "Lists the cookies of a session without their values, which are secrets, unless --show asks for them.",
  Parameter<String?>.optional("name", "the session's, if not all"),
  Parameter<Bool>.flag("show", "with their values"),
  Parameter<Bool>.flag("clear", "forget them"), gives: .table,
  examples: [Example("http cookies | count", "0")]
) { machine, name, isShown, isCleared in
  let names = name.map { [$0] } ?? machine.http.jarNames
  if isCleared {
    for name in names { machine.http.forget(name) }
    return .null
  }
  return .list(
    names.flatMap { name in
      (machine.http.jar(name)?.cookies ?? []).map { cookie in
        .record(
          Record(
            pairs: [("session", .string(name)), ("domain", .string(cookie.domain))] + [
              ("path", .string(cookie.path)), ("name", .string(cookie.name)),
              ("value", .string(isShown ? cookie.value : "…")), ("subdomains", .bool(!cookie.isHostOnly)),
              ("secure", .bool(cookie.isSecure)), ("http-only", .bool(cookie.isHTTPOnly)),
              ("expires", cookie.expires.map { .time($0) } ?? .null),
            ]))
      }
    })
}
