// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/repair/kras_preconditioner.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace linchpin::scaling {
namespace {

constexpr std::size_t largest_block = 16;

std::size_t root_of(std::vector<std::size_t>& parent, std::size_t k) {
  while (parent[k] != k) k = parent[k] = parent[parent[k]];
  return k;
}

/// Lower Cholesky factor in place; a pivot lost to rounding is kept above zero.
void factorise_in_place(DenseMatrix& M) {
  constexpr double least = 1e-14;  // of the diagonal entry before elimination
  for (std::size_t j = 0; j < M.rows(); ++j) {
    double const before = M(j, j);
    double pivot = before;
    for (std::size_t k = 0; k < j; ++k) pivot -= M(j, k) * M(j, k);
    pivot = std::max(pivot, before > 0 ? least * before : 1.0);
    M(j, j) = std::sqrt(pivot);
    for (std::size_t i = j + 1; i < M.rows(); ++i) {
      double value = M(i, j);
      for (std::size_t k = 0; k < j; ++k) value -= M(i, k) * M(j, k);
      M(i, j) = value / M(j, j);
    }
  }
}

}  // namespace

BlockPreconditioner::BlockPreconditioner(ConstraintOperator const& G)
    : G_(G), position_(G.size(), 0) {
  // Join constraints that share a line, one line after the other, while the block stays small.
  std::vector<std::size_t> parent(G.size()), members(G.size(), 1);
  std::iota(parent.begin(), parent.end(), std::size_t{0});
  std::map<std::size_t, std::size_t> first_on_line;
  for (auto const& term : G.terms()) {
    auto const [known, is_new] = first_on_line.try_emplace(term.line, term.constraint);
    if (is_new) continue;
    auto const a = root_of(parent, known->second), b = root_of(parent, term.constraint);
    if (a == b || members[a] + members[b] > largest_block) continue;
    parent[b] = a;
    members[a] += members[b];
  }
  std::map<std::size_t, std::size_t> block_of;
  for (std::size_t c = 0; c < G.size(); ++c) {
    auto const [known, is_new] = block_of.try_emplace(root_of(parent, c), blocks_.size());
    if (is_new) blocks_.emplace_back();
    auto& block = blocks_[known->second];
    position_[c] = block.constraints.size();
    block.constraints.push_back(c);
  }
  for (std::size_t t = 0; t < G.terms().size(); ++t) {
    blocks_[block_of[root_of(parent, G.terms()[t].constraint)]].terms.push_back(t);
  }
  for (auto& block : blocks_) {
    std::stable_sort(block.terms.begin(), block.terms.end(), [&](std::size_t a, std::size_t b) {
      return G.terms()[a].line < G.terms()[b].line;
    });
    block.factor = DenseMatrix(block.constraints.size(), block.constraints.size());
  }
}

void BlockPreconditioner::factorise(Lines const& sizes, std::span<double const> ridge) {
  for (auto& block : blocks_) {
    std::fill(block.factor.values().begin(), block.factor.values().end(), 0.0);
    auto const& terms = G_.terms();
    for (std::size_t begin = 0; begin < block.terms.size();) {
      auto const line = terms[block.terms[begin]].line;
      auto end = begin;
      while (end < block.terms.size() && terms[block.terms[end]].line == line) ++end;
      double const size = G_.line_value(sizes, line);
      for (auto a = begin; a < end; ++a) {
        for (auto b = begin; b < end; ++b) {
          auto const& left = terms[block.terms[a]];
          auto const& right = terms[block.terms[b]];
          block.factor(position_[left.constraint], position_[right.constraint]) +=
              left.coefficient * right.coefficient * size;
        }
      }
      begin = end;
    }
    for (auto const c : block.constraints) block.factor(position_[c], position_[c]) += ridge[c];
    factorise_in_place(block.factor);
  }
}

DenseVector BlockPreconditioner::solve(std::span<double const> right) const {
  DenseVector result(right.size(), 0.0);
  std::vector<double> x;
  for (auto const& block : blocks_) {
    auto const& L = block.factor;
    auto const n = block.constraints.size();
    x.assign(n, 0.0);
    for (std::size_t i = 0; i < n; ++i) {
      double value = right[block.constraints[i]];
      for (std::size_t k = 0; k < i; ++k) value -= L(i, k) * x[k];
      x[i] = value / L(i, i);
    }
    for (std::size_t i = n; i-- > 0;) {
      double value = x[i];
      for (std::size_t k = i + 1; k < n; ++k) value -= L(k, i) * x[k];
      x[i] = value / L(i, i);
      result[block.constraints[i]] = x[i];
    }
  }
  return result;
}

}  // namespace linchpin::scaling
