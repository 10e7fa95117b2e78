/// Compiled code that has a value.
///
/// Closures stand in structs because a closure that is an element of an array or an optional is called through a thunk.
struct Code {
  /// What is known of the value before it runs, so that code around it can do without the call.
  enum Form {
    case constant(Value)
    /// A variable's slot in the frame that runs.
    case local(Int)
    case other
  }

  let form: Form
  let body: (Machine) throws(Unwind) -> Value

  init(_ form: Form = .other, _ body: @escaping (Machine) throws(Unwind) -> Value) {
    self.form = form
    self.body = body
  }

  @inline(__always)
  func callAsFunction(_ machine: Machine) throws(Unwind) -> Value { try body(machine) }
}

/// Compiled code of a statement or block.
struct Exec {
  let body: (Machine) throws(Unwind) -> Completion

  init(_ body: @escaping (Machine) throws(Unwind) -> Completion) { self.body = body }

  @inline(__always)
  func callAsFunction(_ machine: Machine) throws(Unwind) -> Completion { try body(machine) }
}

/// Compiled code of a condition.
struct Condition {
  let body: (Machine) throws(Unwind) -> Bool

  init(_ body: @escaping (Machine) throws(Unwind) -> Bool) { self.body = body }

  @inline(__always)
  func callAsFunction(_ machine: Machine) throws(Unwind) -> Bool { try body(machine) }
}

/// Compiled code of a stage of a pipeline, which takes what the stage before gave.
struct StageCode {
  let body: (Machine, Value?) throws(Unwind) -> Value
  /// The same without input, where there is a shorter way; what it gives is never a stream.
  let direct: Code?

  init(direct: Code? = nil, _ body: @escaping (Machine, Value?) throws(Unwind) -> Value) {
    self.body = body
    self.direct = direct
  }

  @inline(__always)
  func callAsFunction(_ machine: Machine, _ input: Value?) throws(Unwind) -> Value { try body(machine, input) }
}

/// Compiled code that writes a part of a text behind others.
struct TextCode {
  let body: (Machine, inout [UInt8]) throws(Unwind) -> Void

  init(_ body: @escaping (Machine, inout [UInt8]) throws(Unwind) -> Void) { self.body = body }

  @inline(__always)
  func callAsFunction(_ machine: Machine, _ room: inout [UInt8]) throws(Unwind) { try body(machine, &room) }
}

/// Compiled code of a step into a value.
struct AccessCode {
  let body: (Machine, Value) throws(Unwind) -> Value

  init(_ body: @escaping (Machine, Value) throws(Unwind) -> Value) { self.body = body }

  @inline(__always)
  func callAsFunction(_ machine: Machine, _ value: Value) throws(Unwind) -> Value { try body(machine, value) }
}
