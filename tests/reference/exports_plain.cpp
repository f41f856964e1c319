// SPDX-License-Identifier: Apache-2.0
#include "reference/exports_plain.h"

namespace linchpin::reference {

PlainExports::PlainExports(Economy const& economy) {
  auto const& space = economy.space();
  G = static_cast<int>(space.regions());
  int const n = static_cast<int>(space.size());
  N = n / G;
  A.setZero(n, n);
  Y.setZero(n, G);
  x.setZero(n);
  v.setZero(n);
  for (int j = 0; j < n; ++j) {
    IndustryId const buyer{static_cast<std::size_t>(j)};
    x(j) = economy.output()[buyer];
    if (x(j) > 0) v(j) = economy.value_added()[buyer] / x(j);
    for (int i = 0; i < n && x(j) > 0; ++i) {
      A(i, j) = economy.flows()(IndustryId{static_cast<std::size_t>(i)}, buyer) / x(j);
    }
    for (int r = 0; r < G; ++r) {
      Y(j, r) = economy.final_by_region()(buyer, RegionId{static_cast<std::size_t>(r)});
    }
  }
  B = inverse_without({});
}

PlainExports::Matrix PlainExports::local(int r) const {
  return (Matrix::Identity(N, N) - block(A, r, r)).inverse();
}

PlainExports::Column PlainExports::exports(int s, int r) const {
  return block(A, s, r) * x.segment(r * N, N) + Y_of(s, r);
}

PlainExports::Column PlainExports::exports(int s) const {
  Column sum = Column::Zero(N);
  for (int r = 0; r < G; ++r) {
    if (r != s) sum += exports(s, r);
  }
  return sum;
}

PlainExports::Matrix PlainExports::inverse_without(
    std::vector<std::pair<int, int>> const& removed) const {
  Matrix rest = A;
  for (auto const& [s, r] : removed) rest.block(s * N, r * N, N, N).setZero();
  return (Matrix::Identity(A.rows(), A.cols()) - rest).inverse();
}

PlainExports::Matrix PlainExports::without_exports(int s) const {
  std::vector<std::pair<int, int>> removed;
  for (int r = 0; r < G; ++r) {
    if (r != s) removed.emplace_back(s, r);
  }
  return inverse_without(removed);
}

PlainExports::Row PlainExports::foreign(Matrix const& M, int s) const {
  Row sum = Row::Zero(N);
  for (int t = 0; t < G; ++t) {
    if (t != s) sum += V(t) * block(M, t, s);
  }
  return sum;
}

}  // namespace linchpin::reference
