#include <algorithm>

#include "sema/schema_types.h"
#include "sema/schemas.h"

namespace farol::sema {
namespace {

// Section 4 of the compliance vocabulary.
constexpr Words transfer_bases = {
    "adequacy_decision", "consent",         "contract",           "contract_in_interest", "public_interest_or_claim",
    "vital_interest",    "public_register", "authorisation_20_2", "gba_contract"};
constexpr Words export_paths = {"assessment",    "standard_contract", "certification", "exempt_5_1",
                                "exempt_5_2_hr", "exempt_5_3",        "exempt_5_4",    "gba_contract"};
constexpr Words filing_kinds = {"notification",  "simplified_notification", "exemption",
                                "authorisation", "opinion_request",         "none"};
constexpr Words authorities = {"DSPDP", "CAC", "PCPD"};
constexpr Words metadata_items = {"ip",          "device_model", "login_time", "geo",          "network",    "peer_log",
                                  "meeting_log", "device_id",    "clockin",    "read_receipt", "file_access"};
constexpr Words handlings = {"off", "coarse", "aggregate", "keep"};
constexpr Words levels = {"low", "medium", "high"};
constexpr Words treatments = {"accept", "reduce", "avoid", "share"};
constexpr Words incident_states = {"open", "contained", "closed"};

constexpr Wanted owner = wanted::role;

constexpr AttributeSchema transfer[] = {
    text("title"),
    list(name("data", wanted::data)),
    word("from", regions),
    word("to", regions),
    name_or_string("recipient", fact("processor")),
    text("purpose"),
    word("basis", transfer_bases),
    word("path", export_paths),
    list(name("filing", fact("filing"))),
    number("people"),
    number("sensitive"),
    yes_no("onward"),
    string("contract"),
    string("assessment"),
    string("evidence"),
    date("since"),
    date("until"),
};

constexpr AttributeSchema filing[] = {
    text("title"),
    word("kind", filing_kinds),
    word("authority", authorities),
    list(name("data", wanted::data)),
    text("purpose"),
    date("started"),
    date("date"),
    date("until"),
    string("reference"),
    string("evidence"),
};

constexpr AttributeSchema processor[] = {
    text("title"),
    word("region", regions),
    text("service"),
    list(name("data", wanted::data)),
    list(name("processors", fact("processor"))),
    string("contract"),
    string("contact"),
    date("since"),
    date("until"),
};

constexpr AttributeSchema metadata[] = {
    text("title"),   list(word("item", metadata_items)),  word("handling", handlings), duration("retention"),
    text("purpose"), list(name("readers", wanted::role)), yes_no("audited"),
};

constexpr AttributeSchema review[] = {
    text("title"),        duration("every"), date("last"),       date("next"),
    name("owner", owner), text("scope"),     string("evidence"),
};

constexpr AttributeSchema training[] = {
    text("title"),      list(name("roles", wanted::role)),
    text("topic"),      duration("every"),
    date("last"),       number("attended"),
    string("evidence"),
};

constexpr AttributeSchema risk[] = {
    text("title"),
    list(name("department", wanted::department)),
    list(name("data", wanted::data)),
    list(name("features", wanted::feature)),
    name("owner", owner),
    word("likelihood", levels),
    word("impact", levels),
    word("treatment", treatments),
    text("measures"),
    date("date"),
    date("until"),
};

constexpr AttributeSchema incident[] = {
    text("title"),
    date("date"),
    date("reported"),
    list(name("data", wanted::data)),
    word("state", incident_states),
    name("owner", owner),
    text("plan"),
    string("contact"),
    duration("within"),
    list(word("authority", authorities)),
    string("evidence"),
};

constexpr AttributeSchema notice[] = {
    text("title"),
    list(name("data", wanted::data)),
    list(name("features", wanted::feature)),
    text("purpose"),
    text("recipients"),
    text("rights"),
    yes_no("obligatory"),
    string("contact"),
    string("url"),
    date("date"),
};

constexpr BlockSchema facts[] = {
    {"transfer", transfer}, {"filing", filing}, {"processor", processor}, {"metadata", metadata}, {"review", review},
    {"training", training}, {"risk", risk},     {"incident", incident},   {"notice", notice},
};

}  // namespace

std::span<const BlockSchema> fact_schemas() { return facts; }

bool is_fact_kind(std::string_view kind) {
  return kind == "severity" ||
         std::any_of(std::begin(facts), std::end(facts), [&](const BlockSchema& each) { return each.kind == kind; });
}

}  // namespace farol::sema
