// SPDX-License-Identifier: Apache-2.0
#include "reference/ras_plain.h"

#include <cmath>

namespace linchpin::plain {

DenseMatrix ras(DenseMatrix z, std::vector<double> const& rows, std::vector<double> const& columns,
                int rounds) {
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t i = 0; i < z.rows(); ++i) {
      double sum = 0;
      for (std::size_t j = 0; j < z.columns(); ++j) sum += z(i, j);
      for (std::size_t j = 0; j < z.columns() && sum > 0; ++j) z(i, j) *= rows[i] / sum;
    }
    for (std::size_t j = 0; j < z.columns(); ++j) {
      double sum = 0;
      for (std::size_t i = 0; i < z.rows(); ++i) sum += z(i, j);
      for (std::size_t i = 0; i < z.rows() && sum > 0; ++i) z(i, j) *= columns[j] / sum;
    }
  }
  return z;
}

namespace {

/// Root of  value * p - n / value = target.
double multiplier(double target, double p, double n) {
  if (p > 0) return (target + std::sqrt(target * target + 4 * p * n)) / (2 * p);
  return n > 0 ? -n / target : 1;
}

}  // namespace

DenseMatrix gras(DenseMatrix const& z, std::vector<double> const& rows,
                 std::vector<double> const& columns, int rounds) {
  std::vector<double> r(z.rows(), 1.0), s(z.columns(), 1.0);
  auto const positive = [&](std::size_t i, std::size_t j) { return z(i, j) > 0 ? z(i, j) : 0.0; };
  auto const negative = [&](std::size_t i, std::size_t j) { return z(i, j) < 0 ? -z(i, j) : 0.0; };
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t i = 0; i < z.rows(); ++i) {
      double p = 0, n = 0;
      for (std::size_t j = 0; j < z.columns(); ++j) {
        p += positive(i, j) * s[j];
        n += negative(i, j) / s[j];
      }
      r[i] = multiplier(rows[i], p, n);
    }
    for (std::size_t j = 0; j < z.columns(); ++j) {
      double p = 0, n = 0;
      for (std::size_t i = 0; i < z.rows(); ++i) {
        p += r[i] * positive(i, j);
        n += negative(i, j) / r[i];
      }
      s[j] = multiplier(columns[j], p, n);
    }
  }
  DenseMatrix result(z.rows(), z.columns());
  for (std::size_t i = 0; i < z.rows(); ++i) {
    for (std::size_t j = 0; j < z.columns(); ++j) {
      result(i, j) = r[i] * positive(i, j) * s[j] - negative(i, j) / (r[i] * s[j]);
    }
  }
  return result;
}

double distance(DenseMatrix const& z, DenseMatrix const& z0) {
  double sum = 0;
  for (std::size_t k = 0; k < z0.values().size(); ++k) {
    double const before = z0.values()[k];
    if (before == 0) continue;
    double const a = z.values()[k] / before;
    sum += std::abs(before) * (a > 0 ? a * std::log(a) - a + 1 : 1);
  }
  return sum;
}

}  // namespace linchpin::plain
