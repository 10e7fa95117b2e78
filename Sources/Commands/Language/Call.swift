import Interpreter

let call = Command(
  "call", "Calls a function that is a value.",
  Parameter<Function>.required("function", "a function: {|x| …} or a variable that holds one"),
  Parameter<[Value]>.rest("argument", "the values of its parameters, in order"), gives: .any,
  examples: [
    Example("let double = {|x| $x * 2}; call $double 21", "42"),
    Example("def twice [f: function, x] { call $f (call $f $x) }; twice {|x| $x + 5} 1", "11"),
  ]
) { machine, function, arguments in try machine.call(function, arguments) }
