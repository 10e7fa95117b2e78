/// A function as a value: compiled code with the variables that it captured when it was made.
public final class Function: Sendable {
  let code: FunctionCode
  let captured: [Value?]
  let depth: Int

  init(_ code: FunctionCode, captured: [Value?]) {
    self.code = code
    self.captured = captured
    depth = 1 + captured.reduce(0) { max($0, $1?.depth ?? 0) }
  }

  public var parameters: [ParameterSpec] { code.parameters }
}

/// The compiled body of a `def` or `{|…|}`.
///
/// It is `@unchecked Sendable` because its fields are filled once, by the compiler, before anything can call it.
final class FunctionCode: @unchecked Sendable {
  let name: String
  var parameters: [ParameterSpec] = []
  var comment = ""
  /// How each default value is made, by parameter; evaluated in the function's own frame.
  var defaults: [Int: Code] = [:]
  var slotCount = 0
  /// The slot of `$in`, if the body uses it.
  var inputSlot: Int?
  /// Where captured values go: the slots after the parameters, in order.
  var captureSlots: [Int] = []
  var hasDefer = false
  /// The block that runs in the frame of its caller, for a command that says so of its parameter; the body is not used then.
  var inPlace: Exec?
  /// Where it stands, for who looks at its variables while it is called.
  var text: FunctionText?
  /// Whether a call needs nothing but its arguments and the body.
  var isPlain = false
  /// How many values of any type it can be called with and nothing else; nil where a call has more to do.
  var plainCount: Int?
  var body = FunctionBody(Code { _ in .null }) { didSet { unownedBody = .passUnretained(body) } }
  /// The same without a count of references, which a call would raise and lower.
  private var unownedBody: Unmanaged<FunctionBody>

  init(name: String) {
    self.name = name
    unownedBody = .passUnretained(body)
  }

  /// Runs the body in a frame that is ready.
  @inline(__always)
  func callBody(_ machine: Machine) throws(Unwind) -> Value {
    do { return try unownedBody._withUnsafeGuaranteedRef { try $0.code.body(machine) } } catch let unwind as Unwind {
      // `return` inside an expression ends the function too.
      guard case .jump(.return) = unwind.kind else { throw unwind }
      return machine.takeResult()
    } catch { return .null }
  }
}

/// The code of a function's body, which gives the function's value.
final class FunctionBody {
  let code: Code

  init(_ code: Code) { self.code = code }
}

extension Machine {
  /// Calls a function with values for its first parameters; parameters it has beyond them get their defaults or null.
  public func call(_ function: Function, _ arguments: [Value]) throws -> Value {
    try invoke(function, arguments, at: place ?? session.noPlace)
  }

  /// Runs the block of a command whose parameter is `inPlace`, and gives its value with all that it flows from read: what it declares
  /// stays known to the caller, and `break` and `return` pass through. Any other function is called.
  public func run(inPlace function: Function) throws -> Value {
    let place = place ?? session.noPlace
    guard let block = function.code.inPlace else { return try settle(invoke(function, [], at: place), at: place) }
    result = .null
    let completion = try block(self)
    guard completion == .normal else { throw Unwind(.jump(completion)) }
    return try settle(takeResult(), at: place)
  }

  /// Calls a function and gives its value or the error that ended it; only `exit` and the like go further.
  public func attempt(_ function: Function, _ arguments: [Value]) throws -> Result<Value, Failure> {
    let start = top
    do throws(Unwind) { return .success(try invoke(function, arguments, at: place ?? session.noPlace)) } catch {
      guard case .failure(let failure) = error.kind else { throw error }
      unwind(to: start)
      return .failure(failure)
    }
  }

  func invoke(_ function: Function, _ arguments: [Value], at place: Place) throws(Unwind) -> Value {
    let code = function.code
    let start = top
    for index in code.parameters.indices {
      if code.parameters[index].kind == .rest {
        try push(.list(Array(arguments.dropFirst(index))))
      } else if index < arguments.count {
        try push(convert(arguments[index], for: code.parameters[index], of: code, at: place))
      } else {
        try push(.null)
      }
    }
    return try run(code, from: start, pushed: code.parameters.count, given: arguments.count, place) {
      (machine) throws(Unwind) in
      for (slot, value) in zip(code.captureSlots, function.captured) { machine.base[slot] = value }
      if let slot = code.inputSlot { machine.base[slot] = arguments.first ?? .null }
    }
  }

  func convert(_ value: Value, for spec: ParameterSpec, of code: FunctionCode, at place: Place) throws(Unwind)
    -> Value
  {
    guard spec.type != .any else { return value }
    do throws(ValueError) { return try spec.type.convert(value) } catch {
      throw failure(
        ValueError(error.code, "`\(spec.name)` of `\(code.name)`: \(error.message)", hint: error.hint, layer: .command),
        at: place)
    }
  }

  /// Runs code whose parameters are pushed; `given` says how many of them were given, the rest get their defaults.
  @inline(__always)
  func run(
    _ code: FunctionCode, from start: UnsafeMutablePointer<Value?>, pushed: Int, given: Int, _ place: Place,
    prepare: (Machine) throws(Unwind) -> Void
  ) throws(Unwind) -> Value {
    do throws(Unwind) {
      return try enter(start, slotCount: code.slotCount, pushed: pushed, at: place) { () throws(Unwind) in
        try prepare(self)
        if given < code.parameters.count, !code.defaults.isEmpty { try fillDefaults(code, from: given) }
        if code.hasDefer { return try runWithDefer(code) }
        return try code.callBody(self)
      }
    } catch {
      guard case .failure(let failure) = error.kind else { throw error }
      throw Unwind(.failure(failure.called(code.name, at: place)))
    }
  }

  /// Calls a function with one value, as commands do for each item.
  public func call(_ function: Function, with item: Value) throws -> Value {
    let code = function.code
    guard let count = code.plainCount, count <= 1 else {
      return try invoke(function, [item], at: place ?? session.noPlace)
    }
    let start = top
    if count > 0 { try push(item) }
    return try runPlain(code, from: start, count: count, nil, function, item)
  }

  /// Calls a function with two values, as commands do for what was made so far and each item.
  public func call(_ function: Function, with first: Value, _ second: Value) throws -> Value {
    let code = function.code
    guard code.plainCount == 2 else { return try invoke(function, [first, second], at: place ?? session.noPlace) }
    let start = top
    try push(first)
    try push(second)
    return try runPlain(code, from: start, count: 2, nil, function, first)
  }

  /// Runs a function whose arguments are all pushed and that needs no defaults; without a place it stands where the command stands.
  func runPlain(
    _ code: FunctionCode, from start: UnsafeMutablePointer<Value?>, count: Int, _ place: Place?,
    _ function: Function? = nil, _ input: Value? = nil
  ) throws(Unwind) -> Value {
    let slotCount = code.slotCount
    guard hasRoom(for: slotCount, from: start) else { throw noRoom(from: start, place) }
    try checkpoint(place)
    var next = start + count
    let end = start + slotCount
    while next < end {
      next.initialize(to: nil)
      next += 1
    }
    if let function, !function.captured.isEmpty {
      for (slot, value) in zip(code.captureSlots, function.captured) { start[slot] = value }
    }
    if let slot = code.inputSlot { start[slot] = input ?? .null }
    let caller = base
    base = start
    top = end
    do throws(Unwind) {
      let value = try code.callBody(self)
      unwind(to: start)
      base = caller
      return value
    } catch {
      abandon(to: start)
      base = caller
      guard case .failure(let failure) = error.kind else { throw error }
      throw Unwind(.failure(failure.called(code.name, at: place ?? self.place ?? session.noPlace)))
    }
  }

  private func fillDefaults(_ code: FunctionCode, from given: Int) throws(Unwind) {
    for index in given..<code.parameters.count {
      guard let make = code.defaults[index], base[index]?.isNull ?? true else { continue }
      base[index] = try make(self)
    }
  }

  private func runWithDefer(_ code: FunctionCode) throws(Unwind) -> Value {
    let outer = deferred
    deferred = []
    defer { deferred = outer }
    let value: Value
    do throws(Unwind) { value = try code.callBody(self) } catch {
      try? runDeferred()
      throw error
    }
    try runDeferred()
    return value
  }

  /// Runs what `defer` registered, the last first; all of it, even if one fails.
  func runDeferred() throws(Unwind) {
    var first: Unwind?
    while let block = deferred.popLast() {
      do throws(Unwind) { _ = try block(self) } catch { first = first ?? error }
    }
    if let first { throw first }
  }
}
