import Interpreter
import Net

/// Commands with every kind of parameter and the types whose literals are checked; they do nothing.
let fuzzCommands: [Command] = [
  Command("print", "s", Parameter<[Value]>.rest("value", "s"), gives: .null, examples: []) { _, _ in .null },
  Command("len", "s", Parameter<Value>.input("s"), gives: .int, examples: []) { _, _ in .int(0) },
  Command(
    "each", "s", Parameter<Value>.input("s"), Parameter<Function>.required("function", "s"),
    Parameter<Int?>.option("parallel", "s"), gives: .list, examples: []
  ) { _, _, _, _ in .null },
  Command(
    "split", "s", Parameter<Value>.input("s"), Parameter<Pattern>.required("separator", "s"),
    Parameter<Int>.positional("max", "s", default: 1, shown: "1"), gives: .list, examples: []
  ) { _, _, _, _ in .null },
  Command("first", "s", Parameter<Value>.input("s"), Parameter<Int?>.optional("count", "s"), gives: .any, examples: [])
  { _, _, _ in
    .null
  },
  Command(
    "tcp connect", "s", Parameter<Endpoint>.required("endpoint", "s"),
    Parameter<TimeSpan?>.option("timeout", "s"), Parameter<Bool>.flag("tls", "s"), gives: .connection, examples: []
  ) { _, _, _, _ in .null },
  Command(
    "send", "s", Parameter<Value?>.connection("s"), Parameter<[UInt8]>.required("data", "s"), gives: .null, examples: []
  ) { _, _, _ in .null },
  Command("recv line", "s", Parameter<Value?>.connection("s"), gives: .any, examples: []) { _, _ in .null },
  Command("recv", "s", Parameter<Value?>.connection("s"), gives: .any, examples: []) { _, _ in .null },
  Command(
    "dns", "s", Parameter<String>.required("name", "s"),
    Parameter<String?>.optional("type", "s", choices: ["a", "aaaa", "mx"]), Parameter<[Address]>.rest("server", "s"),
    gives: .record, examples: []
  ) { _, _, _, _ in .null },
  Command(
    "hash", "s", Parameter<[UInt8]?>.optionalInput("s"), Parameter<String>.required("algorithm", "s", choices: ["md5"]),
    gives: .string, examples: []
  ) { _, _, _ in .null },
  Command("take", "s", Parameter<Value?>.pipe("s"), Parameter<URL?>.optional("url", "s"), gives: .any, examples: []) {
    _, _, _ in
    .null
  },
  Command(
    "net", "s", Parameter<Network>.required("network", "s"),
    Parameter<ByteSize>.option(
      "limit", "s", default: ByteSize(bytes: 1), shown: "1B"), gives: .any, examples: []
  ) { _, _, _ in .null },
  Command(
    "ranges", "s", Parameter<RangeValue>.required("range", "s"), Parameter<Regex?>.optional("regex", "s"),
    Parameter<Double?>.optional("number", "s"), gives: .any, examples: []
  ) { _, _, _, _ in .null },
]
