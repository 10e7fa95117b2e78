import Interpreter
import Net

let print = Command(
  "print", "Prints values, a line each.",
  Parameter<[Value]>.rest("value", "what to print"), gives: .null,
  examples: [Example("print hello 42", "hello\n42"), Example("let n = 3; print \"n is $n\"", "n is 3")]
) { machine, values in
  for value in values { try machine.session.output.print(value) }
  return .null
}

let type = Command(
  "type", "Names the type of a value.",
  Parameter<Value>.input("any value"), gives: .string,
  examples: [
    Example("type 192.0.2.1", "address"), Example("type 10.0.0.0/8", "network"), Example("1..10 | type", "range"),
  ]
) { _, value in .string(value.type.rawValue) }

let exit = Command(
  "exit", "Ends the shell.",
  Parameter<Int>.positional("status", "the exit status, 0 to 255", default: 0, shown: "0"), gives: .null,
  examples: [Example("exit", "")]
) { _, status in
  guard (0...255).contains(status) else {
    throw ValueError("bad-argument", "\(status) is no exit status: 0 to 255 are", layer: .command)
  }
  throw Machine.exit(Int32(status))
}

let sleep = Command(
  "sleep", "Waits.", Parameter<TimeSpan>.required("time", "for how long"), gives: .null,
  examples: [Example("sleep 10ms", "")]
) { machine, time in
  // Whoever reads what was printed until now need not wait too.
  try machine.session.output.flush()
  try machine.sleep(time)
  return .null
}
