// LangGraph.js: a graph of five nodes, a checkpoint in PostgreSQL after each before the next begins.
import { Annotation, END, START, StateGraph } from '@langchain/langgraph';
import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { rounds } from './rounds.mjs';

const saver = new PostgresSaver(new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 20 }));
await saver.setup();

const names = ['one', 'two', 'three', 'four', 'five'];
const graph = new StateGraph(Annotation.Root({ value: Annotation() }));
for (const name of names)
  graph.addNode(name, async state => ({ value: state.value }));
[START, ...names].forEach((name, index) => graph.addEdge(name, names[index] ?? END));
const five = graph.compile({ checkpointer: saver });

await rounds(() => five.invoke({ value: 'x' }, { configurable: { thread_id: randomUUID() }, durability: 'sync' }));
process.exit(0);
