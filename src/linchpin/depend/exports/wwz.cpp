// SPDX-License-Identifier: Apache-2.0
#include "linchpin/depend/exports/wwz.h"

#include <cblas.h>

#include <algorithm>

#include "linchpin/core/blas.h"
#include "linchpin/core/parallel.h"

namespace linchpin::depend {

std::array<std::string_view, wwz_terms> const wwz_names = {
    "DVA_FIN",  "DVA_INT", "DVA_INTrexI1", "DVA_INTrexF", "DVA_INTrexI2", "RDV_INT",
    "RDV_FIN",  "RDV_FIN2", "OVA_FIN",     "MVA_FIN",     "OVA_INT",      "MVA_INT",
    "DDC_FIN",  "DDC_INT", "ODC",          "MDC"};

std::array<std::string_view, wwz_terms> const wwz_meanings = {
    "domestic value added in final goods",
    "domestic value added in intermediates that the importer absorbs",
    "domestic value added in intermediates that third countries absorb as domestic final goods",
    "domestic value added in intermediates that third countries absorb as final goods",
    "domestic value added in intermediates that third countries absorb in further exports",
    "domestic value added that returns in intermediates",
    "domestic value added that returns in final goods of the importer",
    "domestic value added that returns in final goods of third countries",
    "value added of third countries in final goods",
    "value added of the importer in final goods",
    "value added of third countries in intermediates",
    "value added of the importer in intermediates",
    "domestic double counting, exported in final goods",
    "domestic double counting, exported in intermediates",
    "double counting from third countries",
    "double counting from the importer"};

namespace {

/// What demand abroad asks of every importer's industries, n x G each; h an industry of r.
struct Demand {
  DenseMatrix local;     // (h, t): B_rr Y_rt
  DenseMatrix absorbed;  // (h, t): B_rt Y_tt
  DenseMatrix shipped;   // (h, t): B_rt sum_(u != t) Y_tu
  std::vector<DenseMatrix> returns;  // of s: (h, t): B_rt Y_ts
};

Result<Demand> demand_of(ExportBase const& base, DenseMatrix const& B, RunControl const& control) {
  auto const n = base.system.size(), G = base.space().regions();
  auto const final_use = base.system.final_use();
  Demand demand{DenseMatrix(n, G), DenseMatrix(n, G), DenseMatrix(n, G),
                std::vector<DenseMatrix>(G, DenseMatrix(n, G))};
  auto const size = [](std::size_t value) { return static_cast<int>(value); };
  // B(:, t) Y_t: what each region's demand for the products of t asks of everyone.
  auto const done = parallel_for(G, control, "demand", [&](std::size_t t) {
    auto const first = base.first(t), N = base.last(t) - first;
    if (N == 0) return;
    DenseMatrix asked(n, G);
    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, size(n), size(G), size(N), 1.0,
                B.data() + first, size(n), final_use.raw() + first * G, size(G), 0.0, asked.data(),
                size(G));
    for (std::size_t h = 0; h < n; ++h) {
      auto const row = asked.row(h);
      double sum = 0;
      for (std::size_t u = 0; u < G; ++u) {
        demand.returns[u](h, t) = row[u];
        if (u != t) sum += row[u];
      }
      demand.absorbed(h, t) = row[t];
      demand.shipped(h, t) = sum;
    }
    for (std::size_t h = first; h < first + N; ++h) {
      std::copy_n(asked.row(h).data(), G, demand.local.row(h).data());
    }
  });
  if (!done) return fail(done.error());
  return demand;
}

/// Fills the rows of one exporter.
class Exporter {
 public:
  Exporter(ExportBase const& base, Demand const& demand, DenseMatrix const& local_inputs,
           std::size_t s, WwzDetail& detail)
      : base_(base), demand_(demand), local_inputs_(local_inputs), s_(s), detail_(detail) {}

  void fill(bool by_third) {
    auto const G = base_.space().regions();
    for (std::size_t r = 0; r < G; ++r) {
      if (r == s_ || base_.last(r) == base_.first(r)) continue;
      auto const local = sold(r, demand_.local);
      auto const absorbed = sold(r, demand_.absorbed);
      auto const shipped = sold(r, demand_.shipped);
      auto const returns = sold(r, demand_.returns[s_]);
      for (std::size_t i = base_.first(s_); i < base_.last(s_); ++i) {
        auto const row = i - base_.first(s_);
        one(i, r, local.row(row), absorbed.row(row), shipped.row(row), returns.row(row), by_third);
      }
    }
  }

 private:
  /// A_sr X_r; N_s x G.
  [[nodiscard]] DenseMatrix sold(std::size_t r, DenseMatrix const& X) const {
    auto const n = base_.system.size(), G = X.columns();
    auto const row = base_.first(s_), column = base_.first(r);
    auto const rows = base_.last(s_) - row, columns = base_.last(r) - column;
    DenseMatrix A(rows, columns), result(rows, G);
    if (rows == 0) return result;
    auto const inverse_output = base_.system.inverse_output();
    auto const* const flows = base_.system.economy().flows().raw();
    for (std::size_t i = 0; i < rows; ++i) {
      for (std::size_t j = 0; j < columns; ++j) {
        A(i, j) = flows[(row + i) * n + column + j] * inverse_output[column + j];
      }
    }
    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, static_cast<int>(rows),
                static_cast<int>(G), static_cast<int>(columns), 1.0, A.data(),
                static_cast<int>(columns), X.row(column).data(), static_cast<int>(G), 0.0,
                result.data(), static_cast<int>(G));
    return result;
  }

  double& term(WwzTerm which, std::size_t i, std::size_t r) {
    return detail_.terms[static_cast<std::size_t>(which)](i, r);
  }

  void one(std::size_t i, std::size_t r, std::span<double const> local,
           std::span<double const> absorbed, std::span<double const> shipped,
           std::span<double const> returns, bool by_third) {
    auto const G = base_.space().regions();
    double const final_exports =
        base_.system.final_use()(IndustryId{i}, RegionId{r});
    double const local_content = base_.local_content[i], own = base_.own_content(i);
    double const of_importer = base_.content(r, i);
    double const final_inputs = local_inputs_(i, r * 2);
    double const export_inputs = local_inputs_(i, r * 2 + 1);
    double third[3] = {};
    double returning = 0, others = 0;
    for (std::size_t t = 0; t < G; ++t) {
      if (t == s_ || t == r) continue;
      double const parts[wwz_third_terms.size()] = {
          local_content * absorbed[t],
          local_content * local[t],
          local_content * (shipped[t] - returns[t]),
          local_content * returns[t],
          base_.content(t, i) * final_exports,
          base_.content(t, i) * final_inputs,
          base_.content(t, i) * export_inputs};
      for (std::size_t k = 0; k < 3; ++k) third[k] += parts[k];
      returning += parts[3];
      others += base_.content(t, i);
      for (std::size_t k = 0; by_third && k < wwz_third_terms.size(); ++k) {
        detail_.by_third[k](i, r * G + t) = parts[k];
      }
    }
    using enum WwzTerm;
    term(dva_fin, i, r) = own * final_exports;
    term(dva_int, i, r) = local_content * absorbed[r];
    term(dva_intrex_i1, i, r) = third[0];
    term(dva_intrex_f, i, r) = third[1];
    term(dva_intrex_i2, i, r) = third[2];
    term(rdv_int, i, r) = local_content * absorbed[s_];
    term(rdv_fin, i, r) = local_content * local[s_];
    term(rdv_fin2, i, r) = returning;
    term(ova_fin, i, r) = others * final_exports;
    term(mva_fin, i, r) = of_importer * final_exports;
    term(ova_int, i, r) = others * final_inputs;
    term(mva_int, i, r) = of_importer * final_inputs;
    term(ddc_fin, i, r) = local_content * shipped[s_];
    term(ddc_int, i, r) = (own - local_content) * (base_.exports(i, r) - final_exports);
    term(odc, i, r) = others * export_inputs;
    term(mdc, i, r) = of_importer * export_inputs;
  }

  ExportBase const& base_;
  Demand const& demand_;
  DenseMatrix const& local_inputs_;
  std::size_t s_;
  WwzDetail& detail_;
};

}  // namespace

Result<WwzDetail> wwz(ExportBase const& base, bool by_third_country, RunControl const& control) {
  auto const n = base.system.size(), G = base.space().regions();
  use_single_threaded_blas();
  auto const inverse = base.system.inverse(control);
  if (!inverse) return fail(inverse.error());
  auto const demand = demand_of(base, **inverse, control);
  if (!demand) return fail(demand.error());
  DenseMatrix local(n, 2);  // L_rr Y_rr and L_rr E_r
  for (std::size_t j = 0; j < n; ++j) {
    local(j, 0) = base.local_final[j];
    local(j, 1) = base.local_exports[j];
  }
  auto const local_inputs = through_importers(base.system, local, control);
  if (!local_inputs) return fail(local_inputs.error());
  WwzDetail detail;
  detail.exports = base.exports;
  for (auto& term : detail.terms) term = DenseMatrix(n, G);
  for (auto& term : detail.by_third) {
    if (by_third_country) term = DenseMatrix(n, G * G);
  }
  auto const done = parallel_for(G, control, "exports in sixteen terms", [&](std::size_t s) {
    Exporter(base, *demand, *local_inputs, s, detail).fill(by_third_country);
  });
  if (!done) return fail(done.error());
  return detail;
}

}  // namespace linchpin::depend
