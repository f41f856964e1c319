// SPDX-License-Identifier: Apache-2.0
#include "linchpin/uncertainty/ensemble_state.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "linchpin/core/contracts.h"
#include "linchpin/core/version.h"

namespace linchpin::uncertainty {
namespace {

constexpr std::size_t reasons_kept = 5;
constexpr std::size_t saves = 50;  // of a whole run, about

using Fingerprint = std::vector<std::pair<std::string, std::string>>;

/// All that determines the answer, with every digit of every number.
Fingerprint fingerprint_of(EnsembleRequest const& request, sampling::Design const& design) {
  Fingerprint result{{"version", version},
                     {"design", sampling::to_string(design.kind())},
                     {"draws", fmt::to_string(request.draws)},
                     {"seed", fmt::to_string(request.seed.value())},
                     {"answers", fmt::format("{} scalars, {} series of {} steps", request.scalars,
                                             request.series, request.steps)}};
  for (auto const& each : request.uncertain) {
    auto const& d = each.distribution;
    auto text = fmt::format("{} {} {}", sampling::to_string(d.kind), d.low, d.high);
    if (d.mode) text += fmt::format(" mode {}", *d.mode);
    if (!each.correlation_group.empty()) text += " group " + each.correlation_group;
    result.emplace_back("uncertain " + each.parameter, text);
  }
  result.insert(result.end(), request.fingerprint.begin(), request.fingerprint.end());
  return result;
}

/// "seed: 1 there, 2 here" for the first entry that differs.
std::string difference(Fingerprint const& there, Fingerprint const& here) {
  auto const find = [](Fingerprint const& list, std::string const& name) {
    return std::find_if(list.begin(), list.end(),
                        [&](auto const& each) { return each.first == name; });
  };
  for (auto const& [name, value] : here) {
    auto const other = find(there, name);
    if (other == there.end()) return fmt::format("{}: nothing there, {} here", name, value);
    if (other->second != value)
      return fmt::format("{}: {} there, {} here", name, other->second, value);
  }
  for (auto const& [name, value] : there) {
    if (find(here, name) == here.end())
      return fmt::format("{}: {} there, nothing here", name, value);
  }
  return "the order of the uncertain numbers";
}

bool finite(Outcome const& outcome) {
  auto const is_finite = [](double value) { return std::isfinite(value); };
  auto const cells = outcome.series.values();
  return std::all_of(outcome.scalars.begin(), outcome.scalars.end(), is_finite) &&
         std::all_of(cells.begin(), cells.end(), is_finite);
}

}  // namespace

EnsembleState::EnsembleState(EnsembleRequest const& request, sampling::Design const& design)
    : request_(request), design_(design) {
  state_.fingerprint = fingerprint_of(request, design);
  state_.draws = request.draws;
  state_.scalars = DenseMatrix(request.draws, request.scalars);
  state_.series = request.series;
  state_.steps = request.steps;
  state_.bands.resize(request.series * request.steps);
}

Result<void> EnsembleState::resume() {
  if (request_.checkpoint == nullptr) return {};
  auto loaded = request_.checkpoint->load();
  if (!loaded) return fail(loaded.error());
  if (!*loaded) return {};
  auto& found = **loaded;
  if (found.fingerprint != state_.fingerprint) {
    return fail(ErrorCode::bad_value,
                fmt::format("the checkpoint belongs to another ensemble ({})",
                            difference(found.fingerprint, state_.fingerprint)),
                request_.checkpoint->name(),
                "go on with the world, scenario, draws and seed it was made with, or name another "
                "file for this ensemble");
  }
  bool const fits = found.draws == state_.draws && found.done <= found.draws &&
                    found.scalars.rows() == found.done &&
                    found.scalars.columns() == request_.scalars &&
                    found.failed.size() == found.done && found.bands.size() == state_.bands.size();
  if (!fits) {
    return fail(ErrorCode::bad_format, "the checkpoint does not fit its own description",
                request_.checkpoint->name(), "delete it and begin again");
  }
  auto const values = found.scalars.values();
  std::copy(values.begin(), values.end(), state_.scalars.values().begin());
  state_.done = found.done;
  state_.failed = std::move(found.failed);
  state_.failures = std::move(found.failures);
  state_.bands = std::move(found.bands);
  failed_ = static_cast<std::size_t>(std::count(state_.failed.begin(), state_.failed.end(), true));
  saved_ = state_.done;
  return {};
}

Result<void> EnsembleState::save(bool now) {
  if (request_.checkpoint == nullptr || state_.done == saved_) return {};
  bool const due = state_.done - saved_ >= state_.draws / saves || state_.done == state_.draws;
  if (!now && !due) return {};
  // Without the rows of draws still to come.
  sampling::Checkpoint part{state_.fingerprint, state_.draws,
                            state_.done,        DenseMatrix(state_.done, request_.scalars),
                            state_.failed,      state_.failures,
                            state_.series,      state_.steps,
                            state_.bands};
  auto const all = state_.scalars.values();
  std::copy_n(all.begin(), part.scalars.values().size(), part.scalars.values().begin());
  if (auto const saved = request_.checkpoint->save(part); !saved) return fail(saved.error());
  saved_ = state_.done;
  return {};
}

void EnsembleState::fail_draw(Error const& error) {
  ++failed_;
  state_.failed.back() = true;
  if (state_.failures.size() < reasons_kept) {
    state_.failures.push_back({state_.done, fmt::format("{} ({})", error.what, error.where)});
  }
}

void EnsembleState::add(std::vector<Result<Outcome>> const& outcomes) {
  for (auto const& outcome : outcomes) {
    auto const draw = state_.done;
    LINCHPIN_EXPECTS(draw < state_.draws);
    state_.failed.push_back(false);
    if (!outcome) {
      fail_draw(outcome.error());
    } else if (!finite(*outcome)) {
      fail_draw({ErrorCode::not_finite, "the answer is not a finite number", "draw", ""});
    } else {
      LINCHPIN_EXPECTS(outcome->scalars.size() == request_.scalars);
      LINCHPIN_EXPECTS(outcome->series.values().size() == state_.bands.size());
      std::copy(outcome->scalars.begin(), outcome->scalars.end(), state_.scalars.row(draw).begin());
      if (design_.independent(draw)) {
        auto const cells = outcome->series.values();
        for (std::size_t i = 0; i < cells.size(); ++i) state_.bands[i].add(cells[i]);
      }
    }
    ++state_.done;
  }
}

}  // namespace linchpin::uncertainty
