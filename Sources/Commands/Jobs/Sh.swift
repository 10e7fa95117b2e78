import Interpreter
import Net

let sh = Command(
  "sh", "Runs a program with arguments as they are and gives its output, errors and status as a record.",
  Parameter<Value?>.pipe("what the program reads"),
  Parameter<String>.required("program", "its name in PATH, or its path"),
  Parameter<[String]>.rest("argument", "what it is given; no shell reads it"), gives: .record,
  examples: [
    Example("(sh echo hello).stdout", "hello"),
    Example("(sh false).status", "1"),
    Example("'b a' | sh tr ' ' '-' | get stdout", "b-a"),
  ]
) { machine, input, program, arguments in
  try machine.runProgram(program, arguments, input: input)
}
