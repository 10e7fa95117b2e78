import Interpreter

/// A response that nobody has asked for yet: the next stage asks, since it alone knows which part is missing (`save --continue`).
struct PendingResponse: RecordOrigin {
  let responding: Responding

  var names: [String] { [] }
  var length: Int? { nil }

  func field(_ name: String, of record: Record) throws(ValueError) -> Value? { nil }

  func lateFields() -> [(String, Value)] { [] }
}
