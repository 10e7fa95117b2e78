import Interpreter
import Net

let why = Command(
  "why",
  "Explains the last failure, or one that is given: gathers evidence, then names the likely causes and what to try next.",
  Parameter<Value?>.optional("code", "an error that was caught, or the code of errors, such as ECONNREFUSED"),
  Parameter<TimeSpan>.option(
    "timeout", "how long the gathering may take", default: TimeSpan(nanoseconds: 3_000_000_000), shown: "3s"),
  Parameter<Bool>.flag("offline", "send nothing: only what the error, the recorder and the kernel know"),
  gives: .record,
  examples: [
    Example(
      "try { tcp connect 127.0.0.1:1 } catch e { (why $e --offline).causes | get cause | first }", "nothing-listens"),
    Example("try { tcp connect 127.0.0.1:1 } catch e { why --offline | get layer }", "tcp", note: "the last failure"),
    Example("try { tcp connect 127.0.0.1:1 } catch e { why $e }", note: "facts, with who says so; then causes"),
    Example("(why certificate-expired).causes | get cause", "certificate-expired\nclock-wrong"),
  ]
) { machine, asked, timeout, isOffline in
  if let code = asked?.scalarText, asked?.type != .error { return try WhyCode(code).value }
  let value: ErrorValue
  switch asked {
  case .error(let error)?: value = error.content
  case nil:
    guard let last = machine.lastFailure else {
      throw ValueError(
        "no-failure", "nothing has failed in this session", hint: "`why CODE` explains a code, `why $e` a caught error",
        layer: .command)
    }
    value = last
  case let other?: throw ValueError.wrongType("an error or its code", found: other)
  }
  let start = monotonicNow()
  let span = try within(atLeast: 1_000_000, timeout, "--timeout")
  let trouble = Trouble(value)
  var inquiry = Inquiry(trouble, machine, span)
  try inquiry.run(isOffline: isOffline)
  let judgement = Judgement(trouble, inquiry.evidence)
  let took = TimeSpan(nanoseconds: (monotonicNow() - start) / 1_000_000 * 1_000_000)
  return WhyPage(trouble: trouble, evidence: inquiry.evidence, readings: judgement.readings, took: took).value
}
