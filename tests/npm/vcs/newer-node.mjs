// What gitlab-ci-local expects of a node newer than Debian's.
Set.prototype.union ??= function union(other) {
  return new Set([...this, ...other]);
};
