import Net

extension NetworkContext {
  /// Looks a name up as a step that the taps may hold, and are told of; `deadline` may end it sooner than this context's own.
  ///
  /// Errors: those of the look-up; `skipped` or `interrupted` if whoever held the step says so.
  func look(up name: String, _ step: Step, before deadline: Deadline = .never) throws(NameError) -> [Address] {
    var step = step
    step.detail = "\(name) by \(names.title)"
    do throws(NameError) {
      switch hold(&step) {
      case .go, .instead: break
      case .skip: throw NameError(name: name, .skipped)
      case .stop: throw NameError(name: name, .interrupted)
      }
      var asking = within(deadline)
      asking.isLookup = true
      let addresses = try names.addresses(of: name, asking)
      step.detail += ": " + addresses.map(\.description).joined(separator: ", ")
      report(step)
      return addresses
    } catch {
      step.error = error
      report(step)
      throw error
    }
  }
}

extension TransportError.Reason {
  /// Takes up the error of a look-up.
  init(_ error: NameError) {
    switch error.reason {
    case .interrupted: self = .interrupted
    default: self = .name(error)
    }
  }
}
