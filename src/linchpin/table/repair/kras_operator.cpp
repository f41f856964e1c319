// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/repair/kras_operator.h"

#include <cmath>
#include <optional>

#include "linchpin/core/contracts.h"
#include "linchpin/table/repair/ras_cells.h"

namespace linchpin::scaling {
namespace {

std::optional<std::size_t> find_cell(CsrMatrix const& matrix, std::size_t row, std::size_t column) {
  auto const columns = matrix.columns_of(row);
  auto const place = std::lower_bound(columns.begin(), columns.end(), column);
  if (place == columns.end() || *place != column) return std::nullopt;
  return matrix.row_start[row] + static_cast<std::size_t>(place - columns.begin());
}

/// Places of all cells that constraints name and the matrix has, ascending, each once.
std::vector<std::size_t> named_cells(CsrMatrix const& pattern,
                                     std::span<Constraint const> constraints) {
  std::vector<std::size_t> named;
  for (auto const& constraint : constraints) {
    for (auto const& term : constraint.terms) {
      if (term.of != ConstraintTerm::Of::cell) continue;
      if (auto const place = find_cell(pattern, term.row, term.column)) named.push_back(*place);
    }
  }
  std::sort(named.begin(), named.end());
  named.erase(std::unique(named.begin(), named.end()), named.end());
  return named;
}

}  // namespace

ConstraintOperator::ConstraintOperator(CsrMatrix const& pattern,
                                       std::span<Constraint const> constraints)
    : pattern_(pattern), count_(constraints.size()), named_(named_cells(pattern, constraints)) {
  auto const tiles = tile_bounds(pattern.rows, pattern.cells()).size() - 1;
  bounds_.push_back(0);
  for (std::size_t t = 1; t < tiles; ++t) {  // about as many cells in each
    auto const row = static_cast<std::size_t>(std::lower_bound(pattern.row_start.begin(),
                                                               pattern.row_start.end(),
                                                               t * pattern.cells() / tiles) -
                                              pattern.row_start.begin());
    bounds_.push_back(std::clamp(row, bounds_.back(), pattern.rows));
  }
  bounds_.push_back(pattern.rows);
  for (auto const start : pattern.row_start) {
    named_start_.push_back(static_cast<std::size_t>(
        std::lower_bound(named_.begin(), named_.end(), start) - named_.begin()));
  }
  for (std::size_t c = 0; c < count_; ++c) {
    for (auto const& term : constraints[c].terms) {
      LINCHPIN_EXPECTS(term.row < pattern.rows || term.of == ConstraintTerm::Of::column);
      LINCHPIN_EXPECTS(term.column < pattern.columns || term.of == ConstraintTerm::Of::row);
      std::size_t line = term.row;
      if (term.of == ConstraintTerm::Of::column) line = pattern.rows + term.column;
      if (term.of == ConstraintTerm::Of::cell) {
        auto const place = find_cell(pattern, term.row, term.column);
        if (!place) continue;  // a zero cell stays zero
        auto const number = std::lower_bound(named_.begin(), named_.end(), *place) - named_.begin();
        line = pattern.rows + pattern.columns + static_cast<std::size_t>(number);
      }
      terms_.push_back({c, line, term.coefficient});
    }
  }
}

Lines ConstraintOperator::zero() const {
  return {DenseVector(pattern_.rows, 0.0), DenseVector(pattern_.columns, 0.0),
          DenseVector(named_.size(), 0.0)};
}

double& ConstraintOperator::line_of(Lines& lines, std::size_t line) const noexcept {
  if (line < pattern_.rows) return lines.row[line];
  line -= pattern_.rows;
  return line < pattern_.columns ? lines.column[line] : lines.cell[line - pattern_.columns];
}

double ConstraintOperator::line_value(Lines const& lines, std::size_t line) const noexcept {
  if (line < pattern_.rows) return lines.row[line];
  line -= pattern_.rows;
  return line < pattern_.columns ? lines.column[line] : lines.cell[line - pattern_.columns];
}

DenseVector ConstraintOperator::gather(Lines const& sums) const {
  DenseVector result(count_, 0.0);
  for (auto const& term : terms_) {
    result[term.constraint] += term.coefficient * line_value(sums, term.line);
  }
  return result;
}

DenseVector ConstraintOperator::gather_sizes(Lines const& sums) const {
  DenseVector result(count_, 0.0);
  for (auto const& term : terms_) {
    result[term.constraint] += std::abs(term.coefficient) * line_value(sums, term.line);
  }
  return result;
}

Lines ConstraintOperator::spread(std::span<double const> dual) const {
  auto result = zero();
  for (auto const& term : terms_) {
    line_of(result, term.line) += term.coefficient * dual[term.constraint];
  }
  return result;
}

}  // namespace linchpin::scaling
