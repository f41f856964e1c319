// SPDX-License-Identifier: Apache-2.0
#include "linchpin/disrupt/linear_programme.h"

#include <fmt/format.h>

#include <ClpSimplex.hpp>
#include <CoinPackedMatrix.hpp>
#include <algorithm>
#include <cmath>
#include <limits>

namespace linchpin::disrupt {
namespace {

/// Share of an earlier objective that a later one may give up.
constexpr double kept_within = 1e-9;

/// Clp's word for "no bound" is its largest double.
double to_bound(double value) {
  constexpr double none = std::numeric_limits<double>::max();
  return std::isinf(value) ? std::copysign(none, value) : value;
}

void load(LinearProgramme const& programme, DenseVector const& objective, ClpSimplex& model) {
  auto const count = programme.entries.size();
  std::vector<int> rows(count), columns(count);
  std::vector<double> values(count);
  for (std::size_t k = 0; k < count; ++k) {
    rows[k] = static_cast<int>(programme.entries[k].row);
    columns[k] = static_cast<int>(programme.entries[k].column);
    values[k] = programme.entries[k].value;
  }
  CoinPackedMatrix matrix(true, rows.data(), columns.data(), values.data(),
                          static_cast<CoinBigIndex>(count));
  matrix.setDimensions(static_cast<int>(programme.least.size()),
                       static_cast<int>(programme.most.size()));
  std::vector<double> zeros(programme.most.size(), 0.0), most, least, upper;
  for (double const value : programme.most) most.push_back(to_bound(value));
  for (double const value : programme.least) least.push_back(to_bound(value));
  for (double const value : programme.upper) upper.push_back(to_bound(value));
  model.setLogLevel(0);
  model.loadProblem(matrix, zeros.data(), most.data(), objective.data(), least.data(),
                    upper.data());
  model.setOptimizationDirection(-1);
}

/// Keeps what `objective` has reached as a row, so that the next one cannot undo it.
void keep(DenseVector const& objective, double reached, ClpSimplex& model) {
  std::vector<int> columns;
  std::vector<double> values;
  for (std::size_t k = 0; k < objective.size(); ++k) {
    if (objective[k] == 0) continue;
    columns.push_back(static_cast<int>(k));
    values.push_back(objective[k]);
  }
  model.addRow(static_cast<int>(columns.size()), columns.data(), values.data(),
               reached - kept_within * std::abs(reached), std::numeric_limits<double>::max());
}

}  // namespace

std::size_t LinearProgramme::add_column(double bound) {
  most.push_back(bound);
  return most.size() - 1;
}

std::size_t LinearProgramme::add_row(double from, double to) {
  least.push_back(from);
  upper.push_back(to);
  return least.size() - 1;
}

void LinearProgramme::set(std::size_t row, std::size_t column, double value) {
  if (value != 0) entries.push_back({row, column, value});
}

Result<DenseVector> maximise(LinearProgramme const& programme,
                             std::vector<DenseVector> const& objectives) {
  LINCHPIN_EXPECTS(!objectives.empty());
  ClpSimplex model;
  load(programme, objectives.front(), model);
  for (std::size_t k = 0; k < objectives.size(); ++k) {
    LINCHPIN_EXPECTS(objectives[k].size() == programme.most.size());
    if (k == 0) {
      model.initialSolve();
    } else {
      keep(objectives[k - 1], model.objectiveValue(), model);
      for (std::size_t c = 0; c < objectives[k].size(); ++c) {
        model.setObjectiveCoefficient(static_cast<int>(c), objectives[k][c]);
      }
      model.primal(1);  // the last optimum is a feasible start
    }
    if (!model.isProvenOptimal()) {
      return fail(
          ErrorCode::not_converged,
          fmt::format("the linear programme ended with status {} (0: optimal, 1: infeasible, "
                      "2: unbounded, 3: limit, 4: numbers)",
                      model.status()),
          fmt::format("objective {} of {}", k + 1, objectives.size()),
          "numbers of very different size in one world are the usual cause");
    }
  }
  auto const* const solution = model.primalColumnSolution();
  DenseVector values(solution, solution + programme.most.size());
  // A simplex method ends within its tolerance of the bounds.
  for (std::size_t c = 0; c < values.size(); ++c) {
    values[c] = std::clamp(values[c], 0.0, programme.most[c]);
  }
  return values;
}

}  // namespace linchpin::disrupt
