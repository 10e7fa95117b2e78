import Diagnostics
import Interpreter
import Net

let now = Command(
  "now", "Gives the present time.", gives: .time, examples: [Example("now | type", "time"), Example("(now) + 5min")]
) { _ in .time(.now()) }

let timeBlock = Command(
  "time", "Runs a block and tells how long it took and what it gave.",
  Parameter<Function>.required("block", "what to run"), gives: .record,
  examples: [Example("time { 6 * 7 } | get value", "42"), Example("time { sleep 20ms } | $in.took >= 20ms", "true")]
) { machine, block in
  let start = monotonicNow()
  let value = try machine.call(block, []).settled()
  return .record(Record(["took": .duration(TimeSpan(nanoseconds: monotonicNow() - start)), "value": value]))
}

let env = Command(
  "env", "Gives the environment variables, or one of them, or sets one for programs started from here.",
  Parameter<String?>.optional("name", "the variable"), Parameter<String?>.optional("value", "what to set it to"),
  Parameter<Bool>.flag("remove", "take the variable away"), gives: .any,
  examples: [
    Example("env NSH_EXAMPLE on; env NSH_EXAMPLE", "on"), Example("env NSH_NOT_THERE | type", "null"),
    Example("env | columns | 'PATH' in $in", "true"),
  ]
) { machine, name, value, isRemoved in
  let environment = machine.session.environment
  guard let name else { return .record(Record(pairs: environment.all.map { ($0.name, .string($0.value)) })) }
  guard !name.isEmpty, !name.utf8.contains(0), !name.utf8.contains(UInt8(ascii: "=")) else {
    throw ValueError("bad-argument", "'\(name)' cannot be the name of a variable", layer: .command)
  }
  if isRemoved {
    environment[name] = nil
    return .null
  }
  guard let value else { return environment[name].map { .string($0) } ?? .null }
  guard !value.utf8.contains(0) else {
    throw ValueError("bad-argument", "a variable's value has no NUL in it", layer: .command)
  }
  environment[name] = value
  return .null
}

let args = Command(
  "args", "Gives the arguments of the script, as `$args` does.", gives: .list,
  examples: [Example("args | len", "0")]
) { machine in machine.session.variable("args") ?? .list([]) }

let source = Command(
  "source", "Checks a whole file and runs it in this session, with its variables and functions.",
  Parameter<String>.required("path", "the file"), gives: .null,
  examples: [
    Example("'let greeting = 1 + 1; print $greeting' | save /tmp/nsh-example.nsh; source /tmp/nsh-example.nsh", "2")
  ]
) { machine, path in
  let path = try machine.path(path)
  let file = try OwnedFile(opening: path)
  var text: [UInt8] = []
  while let piece = try file.read(path) {
    text += piece
    guard text.count <= 64 << 20 else { throw ValueError("too-large", "a script has at most 64MiB", layer: .command) }
  }
  try machine.source(machine.session.prepare(Source(name: path, bytes: text)))
  return .null
}
