/**
 * The public interface of the package: the pure core, the engine with its doors, and the parts one can put behind
 * them. Everything else is Flotilla's own business and may change.
 */
export {createEventLog} from '../db/event-log.ts';
export {openDatabase, openForReading} from '../db/open.ts';
export {readRoleFiles} from './agents/read-role-files.ts';
export {loadRoles, type Role, type Roles, roleFactsOf} from './agents/roles.ts';
export {createFleetHands} from './boot/fleet-hands.ts';
export type {Command, Rejection} from './domain/command.ts';
export {type Decision, decide, type Message} from './domain/decide.ts';
export type {Effect} from './domain/effect.ts';
export {effectsOf} from './domain/effects-of.ts';
export type {Happening, RunEvent, Stamped} from './domain/event.ts';
export {evolve} from './domain/evolve.ts';
export {costOf, type ModelFacts, type Price} from './domain/model.ts';
export {fromUsd, toUsd} from './domain/money.ts';
export type {Report} from './domain/report.ts';
export {type Run, type RunSummary, summarize} from './domain/run.ts';
export type {RunSettings} from './domain/settings.ts';
export type {Signal} from './domain/signal.ts';
export {type Clock, systemClock} from './engine/clock.ts';
export {createEngine, type Engine} from './engine/engine.ts';
export type {EventLog} from './engine/event-log.ts';
export type {Hands} from './engine/hands.ts';
export {createIdSource} from './engine/id-source.ts';
export type {FleetPort} from './engine/port.ts';
export {anthropicProvider} from './providers/anthropic.ts';
export {findModel, listModels, modelOfTier} from './providers/catalog.ts';
export {createOffline} from './providers/offline/offline.ts';
export type {ModelRequest, Provider, ProviderItem} from './providers/provider.ts';
