// The statements of Farol, in the order of the language reference (docs/language.md).
//
// LL(1): no decision looks further than one token, and a test holds the generated parser to it. The compiler calls
// `statement` once for each statement, so that an error ends with its statement, and builds its tree from the labels.
// Lists are kept flat (`items`, with `exactly`, `below` and `above` as items of their own) because a rule of its own for
// each entry would double the cost of parsing a policy.
parser grammar FarolParser;

options { tokenVocab = FarolLexer; }

file : version statement* EOF ;

version : FAROL number=NUMBER ;

statement
  : ( label=KEY sealed=FINAL? )?
    ( ruleNode=grant | guardrailNode=guardrail | requireNode=requirement | separateNode=separation )
  | policyNode=policy
  | useNode=use
  | includeNode=inclusion
  | dropNode=dropping
  | tiersNode=tiers
  | dataNode=dataClass
  | thingNode=thing
  | roleNode=role
  | contextNode=context
  | conditionNode=namedCondition
  | setNode=namedSet
  | bindNode=binding
  | factNode=fact
  | testNode=test
  | waiveNode=waiver
  | checkNode=check
  ;

// --- 2. Declarations ---

policy : POLICY title=STRING body=block? ;

use : USE pack=PACK? name=NAME number=NUMBER? ;

inclusion : INCLUDE path=STRING ;

dropping : DROP label=NAME BECAUSE reason=STRING ;

tiers : TIERS names+=NAME ( LESS names+=NAME )* body=block? ;

dataClass : DATA ( name=NAME | name=KEY tier=NAME ) body=block? ;

thing : kind=( STORE | APP | GROUP | PLACE | DEPARTMENT | FEATURE | CONTROL ) name=NAME body=block? ;

role : ROLE name=NAME ( INHERITS parents+=NAME ( COMMA parents+=NAME )* )? body=block? ;

context : CONTEXT name=KEY values+=contextValue ( BAR values+=contextValue )* body=block? ;

namedCondition : CONDITION name=NAME EQUALS meaning=condition ;

namedSet
  : kind=ROLES    name=NAME EQUALS roleList=subjects
  | kind=FEATURES name=NAME EQUALS featureList=features
  | kind=OBJECTS  name=NAME EQUALS objectList=objects
  ;

binding : BIND kind=word name=NAME TO id=( NUMBER | STRING ) ;

// `transfer`, `filing`, `review`, `severity` …: which kinds there are is not a matter of the grammar.
// `words NAME = a, b` and `limit NAME = 6 months` have the same beginning.
fact : kind=NAME name=NAME? ( body=block | EQUALS values+=setting ( COMMA values+=setting )* why=reasons? ) ;

setting : token=( NAME | NUMBER | DATE | DURATION ) ;

block : LBRACE attributes+=attribute* RBRACE ;

// A comma parts values, and may part attributes. Two in a row are refused when the tree is built.
attribute : key=KEY values+=value ( commas+=COMMA values+=value? )* ;

value : token=( STRING | NUMBER | DATE | DURATION ) | text=word ;

// Keywords are free as values.
word
  : token=( NAME | BECAUSE_IN
    | FAROL | POLICY | USE | INCLUDE | DROP | TIERS | DATA | STORE | APP | GROUP | PLACE | DEPARTMENT | ROLE | FEATURE
    | CONTEXT | CONTROL | CONDITION | ROLES | FEATURES | OBJECTS | BIND | ALLOW | DENY | FORBID | ONLY | NEVER | ALWAYS
    | REQUIRE | SEPARATE | TEST | WAIVE | CHECK
    | PACK | INHERITS | FINAL | TO | ON | WHEN | REQUIRING | FROM | UNTIL | BECAUSE | KEPT | BY | EVERYONE | ANYONE
    | EXACTLY | EVERYTHING | ALL | BELOW | ABOVE | EXCEPT | IS | NOT | AND | OR | FOR | AT | MOST | EXPECT
    | WHERE | SOME | NO | COUNT | LEAST | BEFORE | AFTER | NONE | INSTEAD )
  ;

// --- 3. Rules ---

grant
  : verb=( ALLOW | DENY | FORBID | ONLY ) who=subjects TO what=features ( ON which=objects )? ( WHEN when=condition )?
    ( REQUIRING controls+=NAME ( COMMA controls+=NAME )* )? ( FROM first=DATE )? ( UNTIL last=DATE )? why=reasons?
    ( KEPT BY keeper=STRING )?
  ;

subjects
  : items+=EXACTLY? items+=( NAME | EVERYONE | ANYONE ) ( COMMA items+=EXACTLY? items+=( NAME | EVERYONE | ANYONE ) )*
    ( except=EXCEPT
      others+=EXACTLY? others+=( NAME | EVERYONE | ANYONE )
      ( COMMA others+=EXACTLY? others+=( NAME | EVERYONE | ANYONE ) )* )?
  ;

features
  : items+=( NAME | WILDCARD | EVERYTHING ) ( COMMA items+=( NAME | WILDCARD | EVERYTHING ) )*
    ( except=EXCEPT
      others+=( NAME | WILDCARD | EVERYTHING ) ( COMMA others+=( NAME | WILDCARD | EVERYTHING ) )* )?
  ;

objects
  : items+=( NAME | RANGE | ALL ) ( OR items+=( BELOW | ABOVE ) )?
    ( COMMA items+=( NAME | RANGE | ALL ) ( OR items+=( BELOW | ABOVE ) )? )*
    ( except=EXCEPT
      others+=( NAME | RANGE | ALL ) ( OR others+=( BELOW | ABOVE ) )?
      ( COMMA others+=( NAME | RANGE | ALL ) ( OR others+=( BELOW | ABOVE ) )? )* )?
  ;

// After `is`, `or` goes on with values. Between conditions each side of `or` stands in parentheses, so that nobody has
// to know whether `and` or `or` binds tighter.
condition
  : first=group ( ( OR anyOf+=group )+ | ( AND allOf+=operand )+ )?
  | leading=single ( AND allOf+=operand )*
  ;

operand : inParentheses=group | alone=single ;

single : nots+=NOT+ ( inParentheses=group | plain=comparison ) | plain=comparison ;

group : LPAREN inner=condition RPAREN ;

comparison : name=NAME ( IS negated=NOT? values+=contextValue ( OR values+=contextValue )* )? ;

// Any word that cannot go on with the condition or the rule.
contextValue
  : token=( NAME | BECAUSE_IN
    | FAROL | POLICY | USE | INCLUDE | DROP | TIERS | DATA | STORE | APP | GROUP | PLACE | DEPARTMENT | ROLE | FEATURE
    | CONTEXT | CONTROL | CONDITION | ROLES | FEATURES | OBJECTS | BIND | ALLOW | DENY | FORBID | ONLY | NEVER | ALWAYS
    | REQUIRE | SEPARATE | TEST | WAIVE | CHECK
    | PACK | INHERITS | FINAL | TO | ON | BY | EVERYONE | ANYONE | EXACTLY | EVERYTHING | ALL | BELOW | ABOVE | EXCEPT
    | FOR | AT | MOST | EXPECT | NONE | INSTEAD )
  ;

reasons : BECAUSE texts+=STRING ( languages+=BECAUSE_IN texts+=STRING )* ;

// --- 3.2 Guardrails ---

guardrail : kind=( NEVER | ALWAYS ) ALLOW who=subjects TO what=features ( ON which=objects )? ( WHEN when=condition )? why=reasons ;

requirement
  : REQUIRE controls+=NAME ( COMMA controls+=NAME )* FOR who=subjects ( TO what=features )? ( ON which=objects )?
    ( WHEN when=condition )? why=reasons?
  ;

separation : SEPARATE names+=NAME ( COMMA names+=NAME )* ( AT MOST most=NUMBER )? why=reasons ;

// --- 4. Tests ---

test : TEST title=STRING LBRACE expectations+=expectation* RBRACE ;

expectation
  : EXPECT
    ( effect=( ALLOW | DENY | NONE ) who=subjects TO what=features
      // Behind `on` stand objects or the day, and the day once more behind all that may follow objects: written out, so
      // that one token of look-ahead is enough.
      ( ON ( which=objects ( WHEN when=condition )? ( REQUIRING controls+=NAME ( COMMA controls+=NAME )* )?
             ( ON day=DATE )?
           | day=DATE )
      | WHEN when=condition ( REQUIRING controls+=NAME ( COMMA controls+=NAME )* )? ( ON day=DATE )?
      | REQUIRING controls+=NAME ( COMMA controls+=NAME )* ( ON day=DATE )?
      )?
      why=reasons?
    | found=foundCheck )
  ;

// `finding ID`, `no finding ID`: which words they are is not a matter of the grammar.
foundCheck : asked+=NAME asked+=NAME asked+=NAME? ( FOR things+=NAME ( COMMA things+=NAME )* )? ;

// --- 5. Waivers ---

waiver
  : WAIVE finding=NAME ( FOR things+=NAME ( COMMA things+=NAME )* )? UNTIL last=DATE why=reasons ( BY approver=STRING )?
    ( INSTEAD compensation=STRING )?
  ;

// --- 6. Checks ---

check
  : CHECK id=NAME severity=NAME title=STRING
    LBRACE ranges+=checkRange* EXPECT expected=predicate parts+=checkPart* RBRACE
  ;

checkRange : FOR kind=thingKind variable=NAME ( WHERE filter=predicate )? ;

thingKind : token=( NAME | DATA | STORE | APP | GROUP | PLACE | DEPARTMENT | ROLE | FEATURE | CONTROL | POLICY ) ;

// `cite: { … }` or an attribute.
checkPart : key=KEY ( body=block | values+=value ( commas+=COMMA values+=value? )* ) ;

// As in a condition, each side of `or` stands in parentheses, and after `is`, `or` goes on with values. A quantifier
// reaches as far as it can, so it is a whole predicate or stands in parentheses too.
predicate
  : quantified=quantifier
  | first=predicateGroup ( ( OR anyOf+=predicateGroup )+ | ( AND allOf+=predicateOperand )+ )?
  | leading=predicateSingle ( AND allOf+=predicateOperand )*
  ;

quantifier : quantity=( SOME | NO ) kind=thingKind variable=NAME ( WHERE filter=predicate )? ;

predicateOperand : inParentheses=predicateGroup | alone=predicateSingle ;

predicateSingle : nots+=NOT+ ( inParentheses=predicateGroup | plain=relation ) | plain=relation ;

predicateGroup
  : LPAREN ( inner=predicate RPAREN | counted=counting RPAREN IS negated=NOT? order=ordering? bound=NUMBER )
  ;

counting : COUNT kind=thingKind variable=NAME ( WHERE filter=predicate )? ;

relation
  : left=term ( IS negated=NOT? ( values+=checkValue ( OR values+=checkValue )* | absent=NONE | order=ordering right=term ) )?
  ;

ordering : direction=( ABOVE | BELOW | BEFORE | AFTER ) | AT direction=( MOST | LEAST ) ;

// `6 months after r.last`
term : first=atom ( direction=( BEFORE | AFTER ) anchor=atom )? ;

// A path, a call such as `allows(r, drive.read, d)`, or a literal.
atom
  : name=NAME ( call=LPAREN arguments+=NAME ( COMMA arguments+=NAME )* RPAREN )?
  | literal=( STRING | NUMBER | DATE | DURATION )
  ;

// Words that are values too: `no`, and the kinds of things that features act on.
checkValue
  : plain=atom
  | keyword=( NO | DATA | STORE | APP | GROUP | PLACE | DEPARTMENT | ROLE | FEATURE | CONTROL | POLICY )
  ;
