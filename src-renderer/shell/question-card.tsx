import { PERMISSIONS, type Question } from '../../src-main/domain/serving.ts';
import type { Account } from '../../src-main/domain/snapshot.ts';
import { describeQuestion } from '../../src-main/words/serving-words.ts';
import type { Commands } from '../../src-preload/contract.ts';
import { Button } from '../controls/button.tsx';
import { useWords } from '../state/use-words.ts';

interface QuestionCardProps {
  readonly question: Question;
  readonly accounts: readonly Account[];
  readonly commands: Commands;
}

/** A program waits for the person's word. No answer is the ready one: a key pressed by chance must not give it. */
export function QuestionCard({ question, accounts, commands }: QuestionCardProps) {
  const words = useWords();
  const { question: told } = words.serving;
  const { between } = words.conventions;
  return (
    <section className="card question" role="alert">
      <h2>{describeQuestion(words, question, accounts)}</h2>
      <p>
        {told.explanation}
        {question.program !== null && `${between}${told.ownName}`}
      </p>
      <div className="question-answers">
        {PERMISSIONS.map((permission) => (
          <Button key={permission} onPress={() => commands.answerProgram(question.id, permission)}>
            {told[permission]}
          </Button>
        ))}
      </div>
    </section>
  );
}
