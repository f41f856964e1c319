// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "linchpin/depend/exports/origins.h"
#include "linchpin/results/export_tables.h"
#include "linchpin/study/measures/list.h"
#include "linchpin/study/measures/selection.h"

namespace linchpin::study {
namespace {

using depend::LeontiefSystem;

/// Exporters are suppliers, importers buyers.
Result<ExportSelection> selection_of(IndustrySpace const& space, MeasureRequest const& request) {
  ExportSelection selection;
  selection.exporters = request.suppliers.empty() ? all_regions(space) : request.suppliers;
  auto const importers = only_regions(space, request.buyers, "--buyer",
                                      "exports are counted by importing region: name a region");
  if (!importers) return fail(importers.error());
  selection.importers = *importers;
  for (auto const& exporter : selection.exporters) {
    if (importers->size() == 1 && importers->front() == exporter.region &&
        !request.suppliers.empty()) {
      return fail(ErrorCode::bad_value,
                  fmt::format("{} does not export to itself", space.label(exporter.region)),
                  "--buyer", "name another importer");
    }
  }
  selection.flows = request.detail || !request.buyers.empty();
  selection.sectors = request.detail;
  return selection;
}

Result<std::vector<ResultTable>> run_kww(Systems systems, MeasureRequest const& request,
                                         RunControl const& control) {
  auto const& system = systems.front();
  ErrorList errors;
  if (!request.buyers.empty()) {
    errors.add(ErrorCode::bad_value, "the nine terms are not defined by partner", "--buyer",
               "leave the buyer out, or ask for --measure bm-source");
  }
  auto const exporters =
      only_regions(system.space(), request.suppliers, "--supplier",
                   "the nine terms are not defined by sector: name a region, or ask for "
                   "--measure bm-source");
  if (!exporters) errors.add(exporters.error());
  if (!errors.empty()) return fail(errors.joined());
  auto const base = depend::export_base(system, control);
  if (!base) return fail(base.error());
  ExportSelection selection;
  for (auto const region : *exporters) selection.exporters.push_back({region, {}});
  return std::vector{kww_table(*base, depend::kww(*base), selection)};
}

Result<std::vector<ResultTable>> run_bm(Systems systems, MeasureRequest const& request, bool sink,
                                        RunControl const& control) {
  auto const selection = selection_of(systems.front().space(), request);
  if (!selection) return fail(selection.error());
  auto const base = depend::export_base(systems.front(), control);
  if (!base) return fail(base.error());
  auto const detail = sink ? depend::bm_sink(*base, control) : depend::bm_source(*base, control);
  if (!detail) return fail(detail.error());
  return bm_tables(*base, *detail, sink ? "sink" : "source", *selection);
}

Result<std::vector<ResultTable>> run_perspectives(Systems systems, MeasureRequest const& request,
                                                  RunControl const& control) {
  auto const selection = selection_of(systems.front().space(), request);
  if (!selection) return fail(selection.error());
  auto const base = depend::export_base(systems.front(), control);
  if (!base) return fail(base.error());
  auto const terms = depend::bm_perspectives(*base, control);
  if (!terms) return fail(terms.error());
  return std::vector{perspectives_table(*base, *terms, *selection)};
}

Result<std::vector<ResultTable>> run_leontief(Systems systems, MeasureRequest const& request,
                                              RunControl const& control) {
  auto const& space = systems.front().space();
  auto const base = depend::export_base(systems.front(), control);
  if (!base) return fail(base.error());
  auto const sources = in_detail(space, request.suppliers, request.detail);
  auto const exporters = in_detail(space, request.buyers, request.detail);
  constexpr std::size_t most_rows = 5'000'000;
  if (sources.size() * exporters.size() > most_rows) {
    return fail(ErrorCode::too_large,
                fmt::format("{} sources and {} exporters are more than {} rows", sources.size(),
                            exporters.size(), most_rows),
                "--detail", "name sources (--supplier) or exporters (--buyer)");
  }
  return std::vector{leontief_table(
      *base, depend::value_added_in_exports(*base, sources, control), sources, exporters)};
}

Result<std::vector<ResultTable>> run_wwz(Systems systems, MeasureRequest const& request,
                                         RunControl const& control) {
  auto const selection = selection_of(systems.front().space(), request);
  if (!selection) return fail(selection.error());
  auto const base = depend::export_base(systems.front(), control);
  if (!base) return fail(base.error());
  auto const detail = depend::wwz(*base, request.by_third_country, control);
  if (!detail) return fail(detail.error());
  return wwz_tables(*base, *detail, *selection);
}

std::size_t two_per_region(IndustrySpace const& space) { return 2 * space.regions(); }

}  // namespace

Measure const kww_measure{
    .name = "kww",
    .meaning = "Gross exports of a country in nine terms: value added absorbed abroad, value added "
               "that returns, foreign value added, and what is counted twice.",
    .not_for = "Sectors or partners: the terms are defined for whole countries only; and its "
               "foreign value added is not GDP of others counted once (see bm-source).",
    .accepts = Asks::suppliers | Asks::buyers,
    .right_hand_sides = two_per_region,
    .run = run_kww};

Measure const bm_source_measure{
    .name = "bm-source",
    .meaning = "Value added in exports, counted the first time it leaves the exporter: who feeds "
               "whom.",
    .not_for = "Asking how a partner's final demand matters by partner: use bm-sink.",
    .accepts = Asks::suppliers | Asks::buyers | Asks::detail,
    .run = [](Systems systems, MeasureRequest const& request, RunControl const& control) {
      return run_bm(systems, request, false, control);
    }};

Measure const bm_sink_measure{
    .name = "bm-sink",
    .meaning = "Value added in exports, counted the last time it leaves the exporter: whose final "
               "demand pulls.",
    .not_for = "Asking who feeds whom by partner: use bm-source.",
    .accepts = Asks::suppliers | Asks::buyers | Asks::detail,
    .run = [](Systems systems, MeasureRequest const& request, RunControl const& control) {
      return run_bm(systems, request, true, control);
    }};

Measure const bm_perspectives_measure{
    .name = "bm-perspectives",
    .meaning = "Value added in exports counted once by another border than the exporter's: of the "
               "two partners, of the importer, or of any country.",
    .not_for = "Adding up flows: only the world's perspective adds up over exporters.",
    .accepts = Asks::suppliers | Asks::buyers | Asks::detail,
    .run = run_perspectives};

Measure const leontief_measure{
    .name = "leontief",
    .meaning = "Value added of each source (--supplier) in the gross exports of each exporter "
               "(--buyer).",
    .not_for = "Adding up over exporters: value added that crosses several borders is counted at "
               "each.",
    .accepts = Asks::suppliers | Asks::buyers | Asks::detail,
    .right_hand_sides = two_per_region,
    .run = run_leontief};

Measure const wwz_measure{
    .name = "wwz",
    .meaning = "Gross exports of a sector to a partner in sixteen terms, on request split by third "
               "country.",
    .not_for = "New work: its terms mix ways of counting; prefer bm-source or bm-sink.",
    .accepts = Asks::suppliers | Asks::buyers | Asks::detail | Asks::third_country,
    .run = run_wwz};

}  // namespace linchpin::study
