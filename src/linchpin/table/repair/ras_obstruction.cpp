// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/repair/ras_obstruction.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace linchpin::scaling {
namespace {

/// Which signs the open cells of each line have.
struct Signs {
  std::vector<char> row_positive, row_negative, column_positive, column_negative;
};

template <class Cells>
Signs signs_of(Cells& cells, Problem const& problem) {
  Signs signs;
  signs.row_positive.assign(cells.rows(), 0);
  signs.row_negative.assign(cells.rows(), 0);
  signs.column_positive.assign(cells.columns(), 0);
  signs.column_negative.assign(cells.columns(), 0);
  for (std::size_t i = 0; i < cells.rows(); ++i) {
    if (!problem.row_open[i]) continue;
    char positive = 0, negative = 0;
    cells.for_each(i, [&](std::size_t j, double value) {
      char const open = problem.column_open[j];
      char const up = open & static_cast<char>(value > 0);
      char const down = open & static_cast<char>(value < 0);
      positive |= up;
      negative |= down;
      signs.column_positive[j] |= up;
      signs.column_negative[j] |= down;
    });
    signs.row_positive[i] = positive;
    signs.row_negative[i] = negative;
  }
  return signs;
}

bool close_side(std::vector<char>& open, DenseVector const& targets,
                std::vector<char> const& positive, std::vector<char> const& negative) {
  bool changed = false;
  for (std::size_t k = 0; k < open.size(); ++k) {
    if (!open[k] || targets[k] != 0 || (positive[k] && negative[k])) continue;
    open[k] = 0;
    changed = true;
  }
  return changed;
}

void find_hopeless(bool is_row, DenseVector const& targets, std::vector<char> const& positive,
                   std::vector<char> const& negative, std::vector<HopelessLine>& found) {
  for (std::size_t k = 0; k < targets.size(); ++k) {
    bool const fine = targets[k] == 0 || (targets[k] > 0 ? positive[k] : negative[k]);
    if (!fine) found.push_back({is_row, k, targets[k], !positive[k] && !negative[k]});
  }
}

/// Sets of lines, merged as cells connect them.
class Partition {
 public:
  explicit Partition(std::size_t count) : parent_(count) {
    std::iota(parent_.begin(), parent_.end(), std::size_t{0});
  }
  std::size_t root(std::size_t k) {
    while (parent_[k] != k) k = parent_[k] = parent_[parent_[k]];
    return k;
  }
  /// False if they were one already.
  bool merge(std::size_t a, std::size_t b) {
    a = root(a);
    b = root(b);
    parent_[std::max(a, b)] = std::min(a, b);
    return a != b;
  }

 private:
  std::vector<std::size_t> parent_;
};

/// Rows joined one by one, together with every line their cells drag along.
template <class Cells>
class Closure {
 public:
  Closure(Cells& cells, Problem const& problem)
      : cells_(cells),
        problem_(problem),
        row_in_(cells.rows(), 0),
        column_in_(cells.columns(), 0),
        negatives_(cells.columns()) {
    for (std::size_t i = 0; i < cells.rows(); ++i) {
      cells.for_each(i, [&](std::size_t j, double value) {
        if (value < 0 && open(i, j)) negatives_[j].push_back(i);
      });
    }
  }

  void join(std::size_t row) {
    std::vector<std::size_t> queue{row};
    while (!queue.empty()) {
      auto const i = queue.back();
      queue.pop_back();
      if (row_in_[i] || !problem_.row_open[i]) continue;
      row_in_[i] = 1;
      rows_.push_back(i);
      row_total_ += problem_.rows[i];
      size_ += std::abs(problem_.rows[i]);
      cells_.for_each(i, [&](std::size_t j, double value) {
        if (value > 0 && open(i, j) && !column_in_[j]) join_column(j, queue);
      });
    }
  }

  /// Forgets the lines joined so far, for another component.
  void restart() noexcept {
    rows_.clear();
    columns_.clear();
    row_total_ = column_total_ = size_ = 0;
  }
  [[nodiscard]] double excess() const noexcept { return row_total_ - column_total_; }
  [[nodiscard]] double size() const noexcept { return size_; }
  [[nodiscard]] std::vector<std::size_t> const& rows() const noexcept { return rows_; }
  [[nodiscard]] std::vector<std::size_t> const& columns() const noexcept { return columns_; }
  [[nodiscard]] BoundSet set() const { return {rows_, columns_, row_total_, column_total_}; }
  [[nodiscard]] bool open(std::size_t i, std::size_t j) const noexcept {
    return problem_.row_open[i] && problem_.column_open[j];
  }

 private:
  void join_column(std::size_t j, std::vector<std::size_t>& queue) {
    column_in_[j] = 1;
    columns_.push_back(j);
    column_total_ += problem_.columns[j];
    size_ += std::abs(problem_.columns[j]);
    queue.insert(queue.end(), negatives_[j].begin(), negatives_[j].end());
  }

  Cells& cells_;
  Problem const& problem_;
  std::vector<char> row_in_, column_in_;
  std::vector<std::vector<std::size_t>> negatives_;  // rows of the negative cells of each column
  std::vector<std::size_t> rows_, columns_;
  double row_total_ = 0, column_total_ = 0, size_ = 0;
};

constexpr double equal_totals = 1e-10;  // of the sizes of the targets involved

/// Cells that add to the total over R but not to that over C, or the other way round: with equal
/// totals of the targets they must be zero, because all of them pull in one direction.
///
/// The tight sets lie each inside the next; the level of a line is the number of the smallest set
/// that holds it.
template <class Cells>
std::vector<std::pair<std::size_t, std::size_t>> crossing_cells(
    Cells& cells, Problem const& problem, std::vector<std::size_t> const& row_level,
    std::vector<std::size_t> const& column_level) {
  std::vector<std::pair<std::size_t, std::size_t>> found;
  for (std::size_t i = 0; i < cells.rows(); ++i) {
    if (!problem.row_open[i]) continue;
    cells.for_each(i, [&](std::size_t j, double) {
      if (problem.column_open[j] && row_level[i] != column_level[j]) found.emplace_back(i, j);
    });
  }
  return found;
}

}  // namespace

double Component::gap() const noexcept {
  return size > 0 ? 2 * std::abs(row_total - column_total) / size : 0.0;
}

template <class Cells>
std::vector<HopelessLine> close_lines(Cells& cells, Problem& problem) {
  problem.row_open.assign(cells.rows(), 1);
  problem.column_open.assign(cells.columns(), 1);
  for (;;) {
    auto const signs = signs_of(cells, problem);
    bool const rows =
        close_side(problem.row_open, problem.rows, signs.row_positive, signs.row_negative);
    bool const columns = close_side(problem.column_open, problem.columns, signs.column_positive,
                                    signs.column_negative);
    if (rows || columns) continue;
    std::vector<HopelessLine> found;
    find_hopeless(true, problem.rows, signs.row_positive, signs.row_negative, found);
    find_hopeless(false, problem.columns, signs.column_positive, signs.column_negative, found);
    return found;
  }
}

template <class Cells>
std::vector<Component> components(Cells& cells, Problem const& problem) {
  auto const m = cells.rows();
  Partition lines(m + cells.columns());
  auto const open = [](std::vector<char> const& side) {
    return static_cast<std::size_t>(std::count(side.begin(), side.end(), 1));
  };
  // Once all columns are one component, the first cell of a row says where it belongs.
  auto apart = open(problem.column_open);
  for (std::size_t i = 0; i < m; ++i) {
    if (!problem.row_open[i]) continue;
    bool placed = false;
    cells.for_each(i, [&](std::size_t j, double) {
      if ((placed && apart == 1) || !problem.column_open[j]) return;
      if (lines.merge(i, m + j) && placed) --apart;
      placed = true;
    });
  }
  std::vector<Component> result;
  std::vector<std::size_t> number(m + cells.columns(), 0);  // of the component of a root, from 1
  auto const component_of = [&](std::size_t line) -> Component& {
    auto& known = number[lines.root(line)];
    if (known == 0) {
      result.emplace_back();
      known = result.size();
    }
    return result[known - 1];
  };
  for (std::size_t i = 0; i < m; ++i) {
    if (!problem.row_open[i]) continue;
    auto& component = component_of(i);
    component.rows.push_back(i);
    component.row_total += problem.rows[i];
    component.size += std::abs(problem.rows[i]);
  }
  for (std::size_t j = 0; j < cells.columns(); ++j) {
    if (!problem.column_open[j]) continue;
    auto& component = component_of(m + j);
    component.columns.push_back(j);
    component.column_total += problem.columns[j];
    component.size += std::abs(problem.columns[j]);
  }
  return result;
}

namespace {

/// Walks through the rows of one component, fastest growth first.
template <class Cells>
class Search {
 public:
  Search(Cells& cells, Problem const& problem)
      : closure_(cells, problem), row_level_(cells.rows(), 0), column_level_(cells.columns(), 0) {}

  void component(Component component, std::span<double const> growth) {
    auto& order = component.rows;
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return growth[a] > growth[b]; });
    closure_.restart();
    std::size_t rows = 0, columns = 0;  // that have their level
    double worst = 0;
    ++level_;
    for (auto const row : order) {
      closure_.join(row);
      double const slack = equal_totals * closure_.size();
      if (closure_.excess() > std::max(slack, worst)) {
        worst = closure_.excess();
        if (!found.violated || worst > found.violated->row_total - found.violated->column_total) {
          found.violated = closure_.set();
        }
      }
      if (std::abs(closure_.excess()) > slack) continue;
      for (; rows < closure_.rows().size(); ++rows) row_level_[closure_.rows()[rows]] = level_;
      for (; columns < closure_.columns().size(); ++columns) {
        column_level_[closure_.columns()[columns]] = level_;
      }
      ++level_;
    }
  }

  [[nodiscard]] std::vector<std::size_t> const& row_level() const noexcept { return row_level_; }
  [[nodiscard]] std::vector<std::size_t> const& column_level() const noexcept {
    return column_level_;
  }
  Obstruction found;

 private:
  Closure<Cells> closure_;
  std::vector<std::size_t> row_level_, column_level_;  // 0: in no tight set
  std::size_t level_ = 0;
};

}  // namespace

template <class Cells>
Obstruction find_obstruction(Cells& cells, Problem const& problem, std::span<double const> growth) {
  Search search(cells, problem);
  for (auto const& component : components(cells, problem)) {
    search.component(component, growth);
  }
  if (!search.found.violated) {
    search.found.forced_zeros =
        crossing_cells(cells, problem, search.row_level(), search.column_level());
  }
  return std::move(search.found);
}

template std::vector<HopelessLine> close_lines(DenseCells&, Problem&);
template std::vector<HopelessLine> close_lines(SparseCells&, Problem&);
template std::vector<Component> components(DenseCells&, Problem const&);
template std::vector<Component> components(SparseCells&, Problem const&);
template Obstruction find_obstruction(DenseCells&, Problem const&, std::span<double const>);
template Obstruction find_obstruction(SparseCells&, Problem const&, std::span<double const>);

}  // namespace linchpin::scaling
