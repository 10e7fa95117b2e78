/// Something open: a connection, a listener, a job, a lab. It has fields, can be closed, and is closed when the shell ends.
public protocol Resource: AnyObject, Sendable {
  var type: TypeName { get }
  /// The fields as they are now, in the order in which they are shown.
  var fields: Record { get }
  /// Closes it; closing twice does nothing.
  func close()
}
