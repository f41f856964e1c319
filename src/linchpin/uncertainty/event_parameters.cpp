// SPDX-License-Identifier: Apache-2.0
#include "linchpin/uncertainty/event_parameters.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace linchpin::uncertainty {
namespace {

using Family = EventNumber::Family;

/// "<list>.<k>.<key>"
struct Form {
  std::string_view list, key;
  Family family;
  char const* words;
};

constexpr Form forms[] = {
    {"cut", "share", Family::cut, "how much of the deliveries the cut stops"},
    {"import_ban", "share", Family::cut, "how much of the deliveries the import ban stops"},
    {"closure", "share", Family::cut, "how much of the deliveries the closure stops"},
    {"retaliation", "share", Family::cut, "how much of the deliveries the answer stops"},
    {"capacity_loss", "share", Family::capacity_loss, "how much capacity is lost"},
    {"labour_shock", "share", Family::labour_shock, "how many workers are away"},
    {"capital_loss", "share", Family::capital_loss, "how much capital is destroyed"},
    {"demand_shift", "change", Family::demand_shift, "how far demand shifts"},
    {"reserve", "days", Family::reserve, "how large the reserve is"}};

struct Parsed {
  Form const* form;
  std::size_t number;  ///< from 1
};

std::optional<Parsed> parse(std::string_view name) {
  auto const first = name.find('.');
  auto const last = name.rfind('.');
  if (first == std::string_view::npos || last == first) return std::nullopt;
  auto const list = name.substr(0, first), key = name.substr(last + 1);
  auto const digits = name.substr(first + 1, last - first - 1);
  auto const* form = std::find_if(std::begin(forms), std::end(forms), [&](Form const& each) {
    return each.list == list && each.key == key;
  });
  if (form == std::end(forms)) return std::nullopt;
  std::size_t number = 0;
  auto const* const end = digits.data() + digits.size();
  auto const [stop, problem] = std::from_chars(digits.data(), end, number);
  bool const written = problem == std::errc{} && stop == end && digits.front() != '0';
  return written ? std::optional{Parsed{form, number}} : std::nullopt;
}

/// What the file calls the event at place `k` of its list; by place if it comes from no file.
std::string event_name(std::string const& event, char const* list, std::size_t k) {
  return event.empty() ? fmt::format("{}.{}", list, k + 1) : event;
}

template <class Event>
std::vector<std::size_t> called(std::string const& wanted, char const* list,
                                std::vector<Event> const& events) {
  std::vector<std::size_t> places;
  for (std::size_t k = 0; k < events.size(); ++k) {
    if (event_name(events[k].event, list, k) == wanted) places.push_back(k);
  }
  return places;
}

std::vector<std::size_t> places_of(Parsed const& parsed, Scenario const& scenario) {
  auto const wanted = fmt::format("{}.{}", parsed.form->list, parsed.number);
  auto const only = [&](std::size_t count) {
    return parsed.number <= count ? std::vector<std::size_t>{parsed.number - 1}
                                  : std::vector<std::size_t>{};
  };
  switch (parsed.form->family) {
    case Family::cut:
      return called(wanted, "cut", scenario.cuts);
    case Family::reserve:
      return called(wanted, "reserve", scenario.reserves);
    case Family::capacity_loss:
      return only(scenario.capacity_losses.size());
    case Family::labour_shock:
      return only(scenario.labour_shocks.size());
    case Family::capital_loss:
      return only(scenario.capital_losses.size());
    case Family::demand_shift:
      return only(scenario.demand_shifts.size());
  }
  return {};
}

void set_cuts(std::vector<std::size_t> const& places, double value, std::vector<Cut>& cuts) {
  double largest = 0;
  for (auto const k : places) largest = std::max(largest, cuts[k].course.share);
  for (auto const k : places) {
    double& share = cuts[k].course.share;
    bool const follows = largest > 0 && share < largest;  // a weaker phase
    share = follows ? value * share / largest : value;
  }
}

}  // namespace

std::optional<EventNumber> find_event_number(std::string_view name, Scenario const& scenario) {
  auto const parsed = parse(name);
  if (!parsed) return std::nullopt;
  auto places = places_of(*parsed, scenario);
  if (places.empty()) return std::nullopt;
  return EventNumber{parsed->form->family, std::move(places)};
}

std::string event_number_words(std::string_view name) {
  auto const parsed = parse(name);
  return parsed ? parsed->form->words : std::string{};
}

void set_event_number(EventNumber const& number, double value, Scenario& scenario) {
  auto const first = number.places.front();
  switch (number.family) {
    case Family::cut:
      set_cuts(number.places, value, scenario.cuts);
      break;
    case Family::capacity_loss:
      scenario.capacity_losses[first].course.share = value;
      break;
    case Family::labour_shock:
      scenario.labour_shocks[first].course.share = value;
      break;
    case Family::capital_loss:
      scenario.capital_losses[first].share = value;
      break;
    case Family::demand_shift:
      scenario.demand_shifts[first].rises = value > 0;
      scenario.demand_shifts[first].course.share = std::abs(value);
      break;
    case Family::reserve:
      for (auto const k : number.places) scenario.reserves[k].days = value;
      break;
  }
}

std::vector<std::string> event_number_names(Scenario const& scenario) {
  std::vector<std::string> names;
  auto const add = [&](std::string event, char const* key) {
    auto name = fmt::format("{}.{}", event, key);
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      names.push_back(std::move(name));
    }
  };
  for (std::size_t k = 0; k < scenario.cuts.size(); ++k) {
    add(event_name(scenario.cuts[k].event, "cut", k), "share");
  }
  auto const add_all = [&](char const* list, std::size_t count, char const* key) {
    for (std::size_t k = 0; k < count; ++k) add(event_name({}, list, k), key);
  };
  add_all("capacity_loss", scenario.capacity_losses.size(), "share");
  add_all("labour_shock", scenario.labour_shocks.size(), "share");
  add_all("capital_loss", scenario.capital_losses.size(), "share");
  add_all("demand_shift", scenario.demand_shifts.size(), "change");
  for (std::size_t k = 0; k < scenario.reserves.size(); ++k) {
    add(event_name(scenario.reserves[k].event, "reserve", k), "days");
  }
  return names;
}

}  // namespace linchpin::uncertainty
