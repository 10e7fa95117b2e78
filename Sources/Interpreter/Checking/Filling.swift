/// A call whose arguments are being given to its parameters.
struct Filling {
  let parameters: [ParameterSpec]
  var sources: [Binding.Source]
  /// The parameters that the next positionals fill.
  private var places: ArraySlice<Int>
  private let rest: Int?
  private var restCodes: [Code] = []
  /// The values of options that may be given several times.
  private var repeated: [Int: [Code]] = [:]
  private(set) var filled: Set<Int> = []

  init(_ parameters: [ParameterSpec], _ input: InputSource) {
    self.parameters = parameters
    rest = parameters.firstIndex { $0.kind == .rest }
    places =
      parameters.indices.filter { index in
        let spec = parameters[index]
        return spec.kind == .positional && (!spec.isInput || input == .firstPositional && !spec.isPipeOnly)
      }[...]
    sources = parameters.map { spec in
      switch input {
      case .pipe where spec.isInput: .input
      case .slot(let slot) where spec.isInput: .slot(slot)
      default: .nothing
      }
    }
  }

  /// Gives the parameter of the next positional; that of the rest has room for any number.
  var next: ParameterSpec? { (places.first ?? rest).map { parameters[$0] } }

  /// Gives the next positional what it is to be; `code` is the same for the rest.
  mutating func give(_ source: Binding.Source, _ code: Code) {
    guard let target = places.popFirst() else { return restCodes.append(code) }
    filled.insert(target)
    sources[target] = source
  }

  /// Gives an option what it is to be; of one that may be given several times all values are kept.
  mutating func give(option target: Int, _ source: Binding.Source) {
    filled.insert(target)
    sources[target] = source
    if parameters[target].isRepeatable, case .code(let code) = source { repeated[target, default: []].append(code) }
  }

  func finish() -> Binding {
    var sources = sources
    if let rest { sources[rest] = .list(restCodes) }
    for (target, codes) in repeated where codes.count > 1 { sources[target] = .list(codes) }
    return Binding(sources: sources)
  }
}
