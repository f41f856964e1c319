// SPDX-License-Identifier: Apache-2.0
#include "linchpin/depend/extraction.h"

#include <fmt/format.h>

#include <algorithm>

#include "linchpin/depend/extraction_all.h"
#include "linchpin/results/extraction_tables.h"
#include "linchpin/study/measures/list.h"
#include "linchpin/study/measures/selection.h"

namespace linchpin::study {
namespace {

using depend::ExtractionKind;
using depend::LeontiefSystem;
using Tables = Result<std::vector<ResultTable>>;

std::string share_words(double share) {
  return share == 1 ? std::string{"all"} : fmt::format("{:.4g} %", 100 * share);
}

std::string taken_words(MeasureRequest const& request) {
  auto const how_much = share_words(request.share);
  switch (request.kind) {
    case ExtractionKind::total:
      return fmt::format("Taken away: {} of the suppliers' purchases, sales and final use.", how_much);
    case ExtractionKind::backward:
      return fmt::format("Taken away: {} of the suppliers' purchases.", how_much);
    case ExtractionKind::forward:
      return fmt::format("Taken away: {} of the suppliers' sales to industries.", how_much);
    case ExtractionKind::flows:
      break;
  }
  return fmt::format("Taken away: {} of what the buyers' industries buy from the suppliers{}.", how_much,
                     request.resourced
                         ? ", ordered elsewhere in proportion to what they buy from the others"
                         : "");
}

/// The `top` of `losses` by falling `value`, equal ones in order; all of them with `detail`.
template <class Loss, class Value>
void keep_largest(std::vector<Loss>& losses, MeasureRequest const& request, Value const& value) {
  std::stable_sort(losses.begin(), losses.end(),
                   [&](Loss const& a, Loss const& b) { return value(a) > value(b); });
  if (!request.detail) losses.resize(std::min(losses.size(), request.top));
}

/// All pairs of a supplying industry and a buying region, or those of the buyers named.
Tables all_pairs(LeontiefSystem const& system, MeasureRequest const& request,
                 RunControl const& control) {
  auto const& space = system.space();
  auto const buyers = only_regions(space, request.buyers, "--buyer",
                                   "without a supplier, pairs of industry and buying region are "
                                   "ranked: name a region, or a supplier");
  if (!buyers) return fail(buyers.error());
  auto pairs = depend::extract_all_pairs(system, request.share, request.resourced, control);
  if (!pairs) return fail(pairs.error());
  std::vector<bool> wanted(space.regions(), false);
  for (auto const region : *buyers) wanted[region.index()] = true;
  std::erase_if(*pairs, [&](auto const& pair) { return !wanted[pair.buyer.index()]; });
  // Not by the loss of the world: that is little else than the flow itself, or nothing where all is
  // ordered elsewhere.
  keep_largest(*pairs, request,
               [](depend::PairLoss const& pair) { return pair.value_added.supplier; });
  auto const order = taken_words(request) +
                     " One row per supplying industry and foreign buying region; the largest loss "
                     "of value added in the supplier's region first.";
  return std::vector{extraction_table(system.economy(),
                                      extraction_rows(space, *pairs, request.resourced), order)};
}

Tables all_industries(LeontiefSystem const& system, MeasureRequest const& request,
                      RunControl const& control) {
  auto losses = depend::extract_all_industries(system, request.kind, request.share, control);
  if (!losses) return fail(losses.error());
  keep_largest(*losses, request,
               [](depend::IndustryLoss const& loss) { return loss.value_added.world; });
  auto const order =
      taken_words(request) + " One row per industry, the largest loss of value added first.";
  return std::vector{
      extraction_table(system.economy(), extraction_rows(system.space(), *losses), order)};
}

/// The industries of the named buyers; nobody named: all of regions that do not supply.
std::vector<IndustryId> buyers_of(IndustrySpace const& space, MeasureRequest const& request,
                                  std::vector<IndustryId> const& suppliers) {
  if (!request.buyers.empty()) return industries_of(space, request.buyers);
  std::vector<bool> supplying(space.regions(), false);
  for (auto const id : suppliers) supplying[space.region_of(id).index()] = true;
  std::vector<IndustryId> result;
  for (std::size_t i = 0; i < space.size(); ++i) {
    if (!supplying[space.region_of(IndustryId{i}).index()]) result.emplace_back(i);
  }
  return result;
}

Tables one_extraction(LeontiefSystem const& system, MeasureRequest const& request,
                      RunControl const& control) {
  auto const& space = system.space();
  auto const& economy = system.economy();
  depend::Extraction question{.kind = request.kind,
                              .suppliers = industries_of(space, request.suppliers),
                              .share = request.share,
                              .resourced = request.resourced};
  bool const flows = request.kind == ExtractionKind::flows;
  if (flows) question.buyers = buyers_of(space, request, question.suppliers);
  auto const loss = depend::extract(system, question, control);
  if (!loss) return fail(loss.error());
  ExtractionRow row{.supplier = parties_text(space, request.suppliers),
                    .buyer = {},
                    .taken_away = loss->taken_away,
                    .not_resourced = {},
                    .output = party_loss(space, question, loss->output),
                    .value_added = party_loss(space, question, loss->value_added)};
  if (flows) {
    row.buyer = request.buyers.empty() ? "everyone abroad" : parties_text(space, request.buyers);
  }
  if (request.resourced) row.not_resourced = loss->not_resourced;
  return std::vector{
      extraction_table(economy, {&row, 1}, taken_words(request)),
      extraction_regions_table(economy, *loss),
      extraction_industries_table(economy, *loss, request.detail ? space.size() : request.top)};
}

Result<void> check(MeasureRequest const& request) {
  ErrorList errors;
  if (request.kind == ExtractionKind::flows) return {};
  if (!request.buyers.empty()) {
    errors.add(ErrorCode::bad_value, "only flows have buyers", "--buyer",
               "leave the buyer out, or ask for --kind flows");
  }
  if (request.resourced) {
    errors.add(ErrorCode::bad_value, "only flows to buyers can be ordered elsewhere", "--resourced",
               "leave it out, or ask for --kind flows");
  }
  if (!errors.empty()) return fail(errors.joined());
  return {};
}

Tables run_extraction(Systems systems, MeasureRequest const& request, RunControl const& control) {
  if (auto const good = check(request); !good) return fail(good.error());
  auto const& system = systems.front();
  if (!request.suppliers.empty()) return one_extraction(system, request, control);
  return request.kind == ExtractionKind::flows ? all_pairs(system, request, control)
                                               : all_industries(system, request, control);
}

}  // namespace

Measure const extraction_measure{
    .name = "extraction",
    .meaning = "How much output and value added hang on orders that are taken away: whose loss it "
               "is if somebody stops buying.",
    .not_for = "What a buyer loses who cannot get an input any more: it counts the loss of sellers "
               "(see linchpin disrupt).",
    .accepts = Asks::suppliers | Asks::buyers | Asks::detail | Asks::share | Asks::kind |
               Asks::resourced,
    .run = run_extraction};

}  // namespace linchpin::study
